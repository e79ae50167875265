/// Sets by what a specialist has: a discipline, a language, a sex.
///
/// A lookup costs one hash of the name. A name that nobody has any more leaves the table.
struct TraitColumn: Sendable {
    private var names = NameTable()
    private var sets = NamedSets()

    /// Numbers in use or to be used again.
    var count: Int { names.count }

    /// nil when nobody has it.
    @inline(__always)
    func number(of name: String) -> Int? { names.number(of: name) }

    /// Nobody's when there is no number.
    @inline(__always)
    mutating func row(of number: Int?, _ matrix: inout BitMatrix) -> BitMatrix.Row {
        guard let number else { return BitMatrix.nobody }
        return sets.row(of: number, &matrix)
    }

    /// Nobody's when nobody has it.
    @inline(__always)
    mutating func row(of name: String, _ matrix: inout BitMatrix) -> BitMatrix.Row {
        row(of: number(of: name), &matrix)
    }

    /// The name's number, and whether it stood for another name before, or for none.
    @discardableResult
    mutating func insert(
        _ slot: Int,
        under name: String,
        _ matrix: inout BitMatrix
    ) -> (number: Int, isNew: Bool) {
        let joined = names.insert(name)
        sets.insert(slot, under: joined.number, &matrix)
        return joined
    }

    mutating func remove(_ slot: Int, under name: String, _ matrix: inout BitMatrix) {
        guard let number = names.number(of: name) else { return }
        sets.remove(slot, under: number, &matrix)
        if sets.isEmpty(number) { names.remove(number) }
    }

    @inline(__always)
    mutating func trim(_ matrix: inout BitMatrix) { sets.trim(&matrix) }
}
