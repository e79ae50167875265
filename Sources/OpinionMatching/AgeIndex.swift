/// Who sees patients of an age.
///
/// Answers are cached by age until the roster changes.
struct AgeIndex: Sendable {
    /// Answers kept at most.
    static let answersMax = 512

    private var answers: [Int: Bitset] = [:]

    mutating func reset() { answers.removeAll(keepingCapacity: true) }

    /// - Complexity: O(1) when cached, else O(specialists).
    mutating func open(to age: Int, among specialists: [Specialist]) -> Bitset {
        if let answer = answers[age] { return answer }
        let answer = Bitset(
            specialists.indices.lazy.filter { specialists[$0].ageScope.contains(age) }
        )
        if answers.count >= Self.answersMax { reset() }
        answers[age] = answer
        return answer
    }
}
