/// Who sees patients of an age.
///
/// Answers are kept by age until the roster changes.
struct AgeIndex: Sendable {
    /// Answers for greater ages are not kept.
    static let ageMax = 255

    /// By age; nobody's where there is no answer.
    ///
    /// Made with the first answer, so that a network without people stays small.
    private var answers: [BitMatrix.Row] = []

    mutating func reset(_ matrix: inout BitMatrix) {
        guard !answers.isEmpty else { return }
        matrix.vacate(answers.filter { $0 != BitMatrix.nobody })
        answers = []
    }

    /// - Complexity: O(1) when kept, else O(specialists).
    mutating func row(
        for age: Int,
        among specialists: [Specialist],
        _ matrix: inout BitMatrix
    ) -> BitMatrix.Row {
        guard (0...Self.ageMax).contains(age) else {
            matrix.clear(BitMatrix.ages)
            note(age, among: specialists, in: BitMatrix.ages, &matrix)
            return BitMatrix.ages
        }
        if answers.isEmpty {
            answers = Array(repeating: BitMatrix.nobody, count: Self.ageMax + 1)
        }
        if answers[age] == BitMatrix.nobody {
            answers[age] = matrix.add()
            note(age, among: specialists, in: answers[age], &matrix)
        }
        return answers[age]
    }

    private func note(
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
