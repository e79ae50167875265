/// The specialists with each name of one kind: a discipline, a language or a sex.
///
/// A lookup costs one hash of the name. A name that nobody has any more is removed.
struct TraitColumn: Sendable {
    private var names = NameTable()
    private var sets = NamedSets()

    /// One more than the highest number ever used.
    var count: Int { names.count }

    /// The number of a name; nil when nobody has it.
    @inline(__always)
    func number(of name: String) -> Int? { names.number(of: name) }

    /// The set of a number; ``BitMatrix/nobody`` when there is no number.
    @inline(__always)
    mutating func row(of number: Int?, _ matrix: inout BitMatrix) -> BitMatrix.Row {
        guard let number else { return BitMatrix.nobody }
        return sets.row(of: number, &matrix)
    }

    /// The set of a name; ``BitMatrix/nobody`` when nobody has it.
    @inline(__always)
    mutating func row(of name: String, _ matrix: inout BitMatrix) -> BitMatrix.Row {
        row(of: number(of: name), &matrix)
    }

    /// Adds a slot to the set of a name.
    ///
    /// - Returns: The name's number, and whether the number is used for this name from now on.
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

    /// Removes a slot from the set of a name.
    mutating func remove(_ slot: Int, under name: String, _ matrix: inout BitMatrix) {
        guard let number = names.number(of: name) else { return }
        sets.remove(slot, under: number, &matrix)
        if sets.isEmpty(number) { names.remove(number) }
    }

    /// Limits the memory for sets; see ``NamedSets/trim(_:)``.
    @inline(__always)
    mutating func trim(_ matrix: inout BitMatrix) { sets.trim(&matrix) }
}
