/// Who sees patients of an age.
///
/// Answers are kept by age until the roster changes.
struct AgeIndex: Sendable {
    /// Answers for greater ages are not kept.
    static let ageMax = 255

    /// By age; nobody's where there is no answer.
    ///
    /// Made with the first answer, so that a network without people stays small.
    private var answers: [Masks.Row] = []

    mutating func reset(_ masks: inout Masks) {
        guard !answers.isEmpty else { return }
        masks.vacate(answers.filter { $0 != Masks.nobody })
        answers = []
    }

    /// - Complexity: O(1) when kept, else O(specialists).
    mutating func open(
        to age: Int,
        among specialists: [Specialist],
        _ masks: inout Masks
    ) -> Masks.Row {
        guard (0...Self.ageMax).contains(age) else {
            masks.clear(Masks.ages)
            note(age, among: specialists, in: Masks.ages, &masks)
            return Masks.ages
        }
        if answers.isEmpty {
            answers = Array(repeating: Masks.nobody, count: Self.ageMax + 1)
        }
        if answers[age] == Masks.nobody {
            answers[age] = masks.add()
            note(age, among: specialists, in: answers[age], &masks)
        }
        return answers[age]
    }

    private func note(
        _ age: Int,
        among specialists: [Specialist],
        in row: Masks.Row,
        _ masks: inout Masks
    ) {
        for slot in specialists.indices where specialists[slot].ageScope.contains(age) {
            masks.insert(slot, in: row)
        }
    }
}
