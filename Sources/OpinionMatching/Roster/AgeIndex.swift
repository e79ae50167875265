/// The sets of specialists who see patients of an age.
///
/// Sets are kept by age until the roster changes.
struct AgeIndex: Sendable {
    /// The highest age for which a set is kept.
    static let ageMax = 255

    /// By age; ``BitMatrix/nobody`` where no set has been made yet.
    ///
    /// Allocated with the first set, so that an idle network stays small.
    private var rows: [BitMatrix.Row] = []

    /// Forgets all sets: a profile has changed.
    mutating func reset(_ matrix: inout BitMatrix) {
        guard !rows.isEmpty else { return }
        matrix.vacate(rows.filter { $0 != BitMatrix.nobody })
        rows = []
    }

    /// The specialists who see patients of an age.
    ///
    /// - Complexity: O(1) when the set is kept, else O(specialists).
    mutating func row(
        for age: Int,
        among specialists: [Specialist],
        _ matrix: inout BitMatrix
    ) -> BitMatrix.Row {
        guard (0...Self.ageMax).contains(age) else {
            matrix.clear(BitMatrix.ages)
            fill(age, among: specialists, in: BitMatrix.ages, &matrix)
            return BitMatrix.ages
        }
        if rows.isEmpty {
            rows = Array(repeating: BitMatrix.nobody, count: Self.ageMax + 1)
        }
        if rows[age] == BitMatrix.nobody {
            rows[age] = matrix.add()
            fill(age, among: specialists, in: rows[age], &matrix)
        }
        return rows[age]
    }

    private func fill(
        _ age: Int,
        among specialists: [Specialist],
        in row: BitMatrix.Row,
        _ matrix: inout BitMatrix
    ) {
        for slot in specialists.indices where specialists[slot].ageScope.contains(age) {
            matrix.insert(slot, in: row)
        }
    }
}
