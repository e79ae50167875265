/// Sets by the number of a name: of those who have a discipline, speak a language.
///
/// Kept by who is in them; a row of the table, as wide as the network, is made for a name that some request asks
/// for. Whoever sends profiles chooses the names, and as many rows as names would be the square of the network.
struct NamedSets: Sendable {
    /// Rows kept at most, those of one more decision aside; past that they are made anew.
    static let rowsMax = 4_096

    private var sets: [SparseBitset] = []
    /// By number; nobody's where there is no row yet.
    private var rows: [BitMatrix.Row] = []
    private var made = 0

    func isEmpty(_ number: Int) -> Bool { sets[number].isEmpty }

    /// - Complexity: O(1) for a slot beyond all others, else O(words of the set).
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

    /// The row of a set, made when nobody asked for it before; good until ``trim(_:)``.
    ///
    /// - Complexity: O(1) when it is there, else O(words of the table's row).
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

    /// Forgets the rows when they are too many: between two decisions, since one holds on to those it has asked for.
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
