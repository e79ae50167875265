internal import Foundation
internal import OpinionReplay
internal import OpinionWire
internal import Synchronization

/// What was sent and what came of it; at the end it has to add up.
final class Summary: Sendable {
    private struct Counts {
        var records = 0
        var requests: Set<String> = []
        var assignments = 0
        var rescinded = 0
        var reported: Set<String> = []
        /// Opinions in reports.
        var delivered = 0
        var stuck: Set<String> = []
        var deadLetters = 0
    }

    private let counts = Mutex(Counts())
    private let deadLetters: Int

    /// - Parameter deadLetters: How many are to be expected.
    init(deadLetters: Int) { self.deadLetters = deadLetters }

    func sent(_ item: Workload.Item) {
        let json = JSONReader()
        let request = try? json.parse(item.value).root["subject"]?.string
        counts.withLock { counts in
            counts.records += 1
            if let request { counts.requests.insert(request) }
        }
    }

    func count(_ type: String, _ request: String, delivered: Int) {
        counts.withLock { counts in
            switch type.dropFirst("org.opiniond.".count) {
            case "assignment.made.v1":
                counts.assignments += 1
                counts.stuck.remove(request)
            case "assignment.rescinded.v1": counts.rescinded += 1
            case "report.ready.v1":
                counts.reported.insert(request)
                counts.delivered += delivered
            case "request.waiting.v1", "request.unmatchable.v1": counts.stuck.insert(request)
            default: break
            }
        }
    }

    func deadLetter() { counts.withLock { $0.deadLetters += 1 } }

    /// Whether every request has its report or a reason, and the bad record its dead letter.
    var isAnswered: Bool {
        counts.withLock { counts in
            counts.requests == counts.reported.union(counts.stuck)
                && counts.deadLetters == deadLetters
        }
    }

    /// Tells the figures; false when they don't add up.
    func tell(_ stage: Stage) -> Bool {
        let counts = counts.withLock { $0 }
        let duplicates = counts.records - counts.requests.count - deadLetters
        let held = counts.assignments - counts.rescinded
        stage.say(
            """

            \(counts.records) records sent = \(counts.requests.count) requests \
            + \(duplicates) sent twice + \(deadLetters) unreadable
            \(counts.assignments) assignments = \(held) that held + \(counts.rescinded) declined
            \(counts.delivered) opinions in the reports
            \(counts.requests.count) requests = \(counts.reported.count) reports \
            + \(counts.stuck.count) that nobody can take yet
            dead letters: \(counts.deadLetters)
            """
        )
        let isRight = isAnswered && held == counts.delivered
        stage.say(isRight ? "It adds up." : "It does not add up.")
        return isRight
    }
}
