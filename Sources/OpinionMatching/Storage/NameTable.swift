/// Small numbers for names, from 0.
///
/// The number of a removed name is used again. Senders choose the names, so unused numbers must not pile up.
package struct NameTable: Sendable {
    private var table = HandleTable()
    /// By number.
    private var names: [String] = []
    private var vacant: [Int] = []

    package init() {}

    /// One more than the highest number ever used.
    package var count: Int { names.count }

    /// The number of a name; nil when it has none.
    ///
    /// - Complexity: one hash of the name.
    package func number(of name: String) -> Int? {
        table.first(NameHash.of(name)) { names.span[Int($0)] == name }.map { Int($0) }
    }

    /// Adds a name unless it is there; its number, and whether it was added.
    package mutating func insert(_ name: String) -> (number: Int, isNew: Bool) {
        if let number = number(of: name) { return (number, false) }
        let number = vacant.popLast() ?? names.count
        if number == names.count { names.append(name) } else { names[number] = name }
        table.insert(Int32(number), for: NameHash.of(name))
        return (number, true)
    }

    /// Removes the name of a number.
    package mutating func remove(_ number: Int) {
        table.remove(Int32(number), for: NameHash.of(names[number]))
        names[number] = ""
        vacant.append(number)
    }
}
