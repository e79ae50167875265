/// Sets by what a specialist has: a discipline, a sex.
///
/// A lookup costs one hash of the name. A name that nobody has any more leaves the table.
struct Column: Sendable {
    private var names = NameTable()
    private var sets = NamedSets()

    /// Nobody's when nobody has it.
    @inline(__always)
    mutating func row(of name: String, _ masks: inout Masks) -> Masks.Row {
        guard let number = names.number(of: name) else { return Masks.nobody }
        return sets.row(of: number, &masks)
    }

    mutating func insert(_ slot: Int, under name: String, _ masks: inout Masks) {
        sets.insert(slot, under: names.insert(name).number, &masks)
    }

    mutating func remove(_ slot: Int, under name: String, _ masks: inout Masks) {
        guard let number = names.number(of: name) else { return }
        sets.remove(slot, under: number, &masks)
        if sets.isEmpty(number) { names.remove(number) }
    }

    @inline(__always)
    mutating func trim(_ masks: inout Masks) { sets.trim(&masks) }
}
