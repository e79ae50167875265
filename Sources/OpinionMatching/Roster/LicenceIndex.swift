/// The specialists who are licensed somewhere until some day.
///
/// Sets are cached by residence and day: most requests come from a few regions and are due on a few days. The cache is
/// bounded and emptied whenever the roster changes.
struct LicenceIndex: Sendable {
    private struct Question: Equatable {
        let residence: String
        let due: Day

        var hash: UInt64 { NameHash.of(residence, after: UInt64(truncatingIfNeeded: due.number)) }
    }

    private struct Answer {
        let question: Question
        let row: BitMatrix.Row
    }

    /// The most answers kept; when one more is needed, the cache is emptied first.
    static let answersMax = 4_096

    /// The licences of each jurisdiction.
    private var holders: [String: [(until: Day, slot: Int)]] = [:]
    private var answers: [Answer] = []
    /// Indexes into the answers, by the hash of the question.
    private var places = HandleTable()

    mutating func insert(_ specialist: Specialist, at slot: Int, _ matrix: inout BitMatrix) {
        for licence in specialist.licences {
            holders[licence.jurisdiction, default: []].append((licence.until, slot))
        }
        forget(&matrix)
    }

    mutating func remove(_ specialist: Specialist, at slot: Int, _ matrix: inout BitMatrix) {
        for jurisdiction in Set(specialist.licences.map(\.jurisdiction)) {
            holders[jurisdiction]?.removeAll { $0.slot == slot }
            if holders[jurisdiction]?.isEmpty == true { holders[jurisdiction] = nil }
        }
        forget(&matrix)
    }

    /// Empties the cache.
    private mutating func forget(_ matrix: inout BitMatrix) {
        guard !answers.isEmpty else { return }
        matrix.vacate(answers.map(\.row))
        answers.removeAll(keepingCapacity: true)
        places.removeAll()
    }

    /// The specialists with a licence for a residence that is valid on a day.
    ///
    /// A licence for a country covers its subdivisions, whose ISO 3166-2 codes begin with the country's. A licence for a
    /// subdivision doesn't cover the country.
    /// - Complexity: O(1) when cached, else O(licences of the jurisdiction).
    mutating func licensed(
        in residence: String,
        until due: Day,
        _ matrix: inout BitMatrix
    ) -> BitMatrix.Row {
        let question = Question(residence: residence, due: due)
        if let known = places.first(question.hash, where: { answers[Int($0)].question == question })
        {
            return answers[Int(known)].row
        }
        if answers.count >= Self.answersMax { forget(&matrix) }
        let answer = Answer(question: question, row: matrix.add())
        places.insert(Int32(answers.count), for: question.hash)
        answers.append(answer)
        fill(answer, &matrix)
        return answer.row
    }

    /// Puts the holders of licences for the residence, and for its country, into the set.
    private func fill(_ answer: Answer, _ matrix: inout BitMatrix) {
        let (residence, due) = (answer.question.residence, answer.question.due)
        insertHolders(of: residence, until: due, in: answer.row, &matrix)
        guard let dash = residence.utf8.firstIndex(of: UInt8(ascii: "-")) else { return }
        insertHolders(of: String(residence[..<dash]), until: due, in: answer.row, &matrix)
    }

    private func insertHolders(
        of jurisdiction: String,
        until due: Day,
        in row: BitMatrix.Row,
        _ matrix: inout BitMatrix
    ) {
        for licence in holders[jurisdiction] ?? [] where due <= licence.until {
            matrix.insert(licence.slot, in: row)
        }
    }
}
