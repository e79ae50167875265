/// Who sees patients of an age.
///
/// Answers are kept by age until the roster changes.
struct AgeIndex: Sendable {
    /// Answers for greater ages are not kept.
    static let ageMax = 255

    private var answers = [Bitset?](repeating: nil, count: ageMax + 1)
    private var isEmpty = true

    mutating func reset() {
        guard !isEmpty else { return }
        for age in answers.indices { answers[age] = nil }
        isEmpty = true
    }

    /// - Complexity: O(1) when kept, else O(specialists).
    mutating func open(to age: Int, among specialists: [Specialist]) -> Bitset {
        let isKept = (0...Self.ageMax).contains(age)
        if isKept, let answer = answers[age] { return answer }
        let answer = Bitset(
            specialists.indices.lazy.filter { specialists[$0].ageScope.contains(age) }
        )
        guard isKept else { return answer }
        answers[age] = answer
        isEmpty = false
        return answer
    }
}
