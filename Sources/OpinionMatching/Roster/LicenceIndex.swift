/// Who is licensed where, and until when.
///
/// Answers are cached by residence and day: requests that are due on the same few days for the same
/// few regions share them. The cache is bounded and starts anew with every change of roster.
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

    /// Answers kept at most; a new one past that starts the cache anew.
    static let answersMax = 4_096

    private var holders: [String: [(until: Day, slot: Int)]] = [:]
    private var answers: [Answer] = []
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

    private mutating func forget(_ matrix: inout BitMatrix) {
        guard !answers.isEmpty else { return }
        matrix.vacate(answers.map(\.row))
        answers.removeAll(keepingCapacity: true)
        places.removeAll()
    }

    /// Who holds a licence for the residence that is valid on the day.
    ///
    /// A licence for a country covers its subdivisions (ISO 3166-2 codes begin with their
    /// country's), not the other way.
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
        noteAll(of: answer, &matrix)
        return answer.row
    }

    private func noteAll(of answer: Answer, _ matrix: inout BitMatrix) {
        let (residence, due) = (answer.question.residence, answer.question.due)
        note(residence, until: due, in: answer.row, &matrix)
        guard let dash = residence.utf8.firstIndex(of: UInt8(ascii: "-")) else { return }
        note(String(residence[..<dash]), until: due, in: answer.row, &matrix)
    }

    private func note(
        _ jurisdiction: String,
        until due: Day,
        in row: BitMatrix.Row,
        _ matrix: inout BitMatrix
    ) {
        for licence in holders[jurisdiction] ?? [] where due <= licence.until {
            matrix.insert(licence.slot, in: row)
        }
    }
}
