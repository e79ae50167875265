/// Sets by what a specialist has: a discipline, a language, a sex.
///
/// A lookup costs one hash of the name. A name that nobody has any more leaves the table.
struct Column: Sendable {
    private var names = NameTable()
    private var sets = NamedSets()

    /// Numbers in use or to be used again.
    var count: Int { names.count }

    /// nil when nobody has it.
    @inline(__always)
    func number(of name: String) -> Int? { names.number(of: name) }

    /// Nobody's when there is no number.
    @inline(__always)
    mutating func row(of number: Int?, _ masks: inout Masks) -> Masks.Row {
        guard let number else { return Masks.nobody }
        return sets.row(of: number, &masks)
    }

    /// Nobody's when nobody has it.
    @inline(__always)
    mutating func row(of name: String, _ masks: inout Masks) -> Masks.Row {
        row(of: number(of: name), &masks)
    }

    /// The name's number, and whether it stood for another name before, or for none.
    @discardableResult
    mutating func insert(
        _ slot: Int,
        under name: String,
        _ masks: inout Masks
    ) -> (number: Int, isNew: Bool) {
        let joined = names.insert(name)
        sets.insert(slot, under: joined.number, &masks)
        return joined
    }

    mutating func remove(_ slot: Int, under name: String, _ masks: inout Masks) {
        guard let number = names.number(of: name) else { return }
        sets.remove(slot, under: number, &masks)
        if sets.isEmpty(number) { names.remove(number) }
    }

    @inline(__always)
    mutating func trim(_ masks: inout Masks) { sets.trim(&masks) }
}
