/// Small numbers for names, from 0.
///
/// A number whose name was removed is used again: whoever sends names chooses them, and what they leave behind must
/// not add up.
package struct NameTable: Sendable {
    private var table = HandleTable()
    /// By number.
    private var names: [String] = []
    private var vacant: [Int] = []

    package init() {}

    /// Numbers in use or to be used again.
    package var count: Int { names.count }

    /// nil when the name has none.
    ///
    /// - Complexity: one hash of the name.
    package func number(of name: String) -> Int? {
        table.first(NameHash.of(name)) { names.span[Int($0)] == name }.map { Int($0) }
    }

    /// The name's number, one that no name has when it is new.
    package mutating func insert(_ name: String) -> (number: Int, isNew: Bool) {
        if let number = number(of: name) { return (number, false) }
        let number = vacant.popLast() ?? names.count
        if number == names.count { names.append(name) } else { names[number] = name }
        table.insert(Int32(number), for: NameHash.of(name))
        return (number, true)
    }

    /// The name of that number has none any more.
    package mutating func remove(_ number: Int) {
        table.remove(Int32(number), for: NameHash.of(names[number]))
        names[number] = ""
        vacant.append(number)
    }
}
