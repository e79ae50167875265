/// Who sees patients of an age.
///
/// Answers are kept by age until the roster changes.
struct AgeIndex: Sendable {
    /// Answers for greater ages are not kept.
    static let ageMax = 255

    private var answers = [Masks.Row?](repeating: nil, count: ageMax + 1)
    private var isEmpty = true

    mutating func reset(_ masks: inout Masks) {
        guard !isEmpty else { return }
        masks.vacate(answers.compactMap(\.self))
        for age in answers.indices { answers[age] = nil }
        isEmpty = true
    }

    /// - Complexity: O(1) when kept, else O(specialists).
    mutating func open(
        to age: Int,
        among specialists: [Specialist],
        _ masks: inout Masks
    ) -> Masks.Row {
        let isKept = (0...Self.ageMax).contains(age)
        if isKept, let answer = answers[age] { return answer }
        let answer = isKept ? masks.add() : Masks.ages
        masks.clear(answer)
        for slot in specialists.indices where specialists[slot].ageScope.contains(age) {
            masks.insert(slot, in: answer)
        }
        guard isKept else { return answer }
        answers[age] = answer
        isEmpty = false
        return answer
    }
}
