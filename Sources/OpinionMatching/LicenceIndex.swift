/// Who is licensed where, and until when.
///
/// Answers are cached by residence and day: requests that are due on the same few days for the same
/// few regions share them. The cache is bounded and starts anew with every change of roster.
struct LicenceIndex: Sendable {
    private struct Question: Hashable {
        let residence: String
        let due: Day
    }

    /// Answers kept at most; a new one past that starts the cache anew.
    static let answersMax = 4_096

    private var holders: [String: [(until: Day, slot: Int)]] = [:]
    private var answers: [Question: Bitset] = [:]

    mutating func insert(_ specialist: Specialist, at slot: Int) {
        for licence in specialist.licences {
            holders[licence.jurisdiction, default: []].append((licence.until, slot))
        }
        answers.removeAll(keepingCapacity: true)
    }

    mutating func remove(_ specialist: Specialist, at slot: Int) {
        for jurisdiction in Set(specialist.licences.map(\.jurisdiction)) {
            holders[jurisdiction]?.removeAll { $0.slot == slot }
            if holders[jurisdiction]?.isEmpty == true { holders[jurisdiction] = nil }
        }
        answers.removeAll(keepingCapacity: true)
    }

    /// Who holds a licence for the residence that is valid on the day.
    ///
    /// A licence for a country covers its subdivisions (ISO 3166-2 codes begin with their
    /// country's), not the other way.
    /// - Complexity: O(1) when cached, else O(licences of the jurisdiction).
    mutating func licensed(in residence: String, until due: Day) -> Bitset {
        let question = Question(residence: residence, due: due)
        if let answer = answers[question] { return answer }
        var answer = valid(in: residence, until: due)
        if let dash = residence.utf8.firstIndex(of: UInt8(ascii: "-")) {
            answer.formUnion(valid(in: String(residence[..<dash]), until: due))
        }
        if answers.count >= Self.answersMax { answers.removeAll(keepingCapacity: true) }
        answers[question] = answer
        return answer
    }

    private func valid(in jurisdiction: String, until due: Day) -> Bitset {
        Bitset((holders[jurisdiction] ?? []).lazy.filter { due <= $0.until }.map(\.slot))
    }
}
