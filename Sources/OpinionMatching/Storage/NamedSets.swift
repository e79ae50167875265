/// Sets of slots, each known by the number of a name.
///
/// A set is stored sparsely. A row of the matrix, which is as wide as the network, is made only when a request asks for
/// the name: the senders of profiles choose the names, and a row for every name could take memory by the square of the
/// network.
struct NamedSets: Sendable {
    /// The most rows kept from one decision to the next.
    static let rowsMax = 4_096

    private var sets: [SparseBitset] = []
    /// By number; ``BitMatrix/nobody`` where there is no row yet.
    private var rows: [BitMatrix.Row] = []
    /// How many rows there are.
    private var made = 0

    func isEmpty(_ number: Int) -> Bool { sets[number].isEmpty }

    /// - Complexity: O(1) for a slot higher than all others, else O(words of the set).
    mutating func insert(_ slot: Int, under number: Int, _ matrix: inout BitMatrix) {
        while sets.count <= number {
            sets.append(SparseBitset())
            rows.append(BitMatrix.nobody)
        }
        sets[number].insert(slot)
        if rows[number] != BitMatrix.nobody { matrix.insert(slot, in: rows[number]) }
    }

    mutating func remove(_ slot: Int, under number: Int, _ matrix: inout BitMatrix) {
        sets[number].remove(slot)
        if rows[number] != BitMatrix.nobody { matrix.remove(slot, from: rows[number]) }
    }

    /// The row of a set, which is valid until ``trim(_:)``.
    ///
    /// - Complexity: O(1) when it has been made before, else O(words of a row).
    @inline(__always)
    mutating func row(of number: Int, _ matrix: inout BitMatrix) -> BitMatrix.Row {
        if rows[number] == BitMatrix.nobody { make(number, &matrix) }
        return rows[number]
    }

    private mutating func make(_ number: Int, _ matrix: inout BitMatrix) {
        let row = matrix.add()
        matrix.fill(row, with: sets[number])
        rows[number] = row
        made += 1
    }

    /// Forgets all rows when there are too many.
    ///
    /// Called between decisions: during one, the rows that it asked for must stay.
    @inline(__always)
    mutating func trim(_ matrix: inout BitMatrix) {
        if made > Self.rowsMax { forgetRows(&matrix) }
    }

    private mutating func forgetRows(_ matrix: inout BitMatrix) {
        matrix.vacate(rows.filter { $0 != BitMatrix.nobody })
        for number in rows.indices { rows[number] = BitMatrix.nobody }
        made = 0
    }
}
