internal import Logging
package import OpinionFlow

/// Dead letters by reason: how many, and where the newest came from.
package struct DeadLetterCount: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package var count = 0
        /// `topic/partition/offset` of the newest.
        package var newest = ""
    }

    package private(set) var entries: [Refusal.Reason: Entry] = [:]

    package init() {}

    package var total: Int { entries.values.reduce(0) { $0 + $1.count } }

    mutating func add(_ reason: Refusal.Reason, at place: String) {
        entries[reason, default: Entry()].count += 1
        entries[reason]?.newest = place
    }

    fileprivate mutating func keep(_ reason: Refusal.Reason, _ entry: Entry) {
        entries[reason] = entry
    }

    static func += (left: inout DeadLetterCount, right: DeadLetterCount) {
        for (reason, entry) in right.entries {
            left.entries[reason, default: Entry()].count += entry.count
            left.entries[reason]?.newest = entry.newest
        }
    }

    /// In the contract's order of reasons.
    package var sorted: [(reason: Refusal.Reason, entry: Entry)] {
        Refusal.Reason.allCases.compactMap { reason in entries[reason].map { (reason, $0) } }
    }
}

/// Warns of dead letters: of each reason at once, then once a minute with how many there were.
struct DeadLetterWatch {
    /// Between two warnings of one reason, in seconds.
    static let quietSeconds = 60.0

    private var pending = DeadLetterCount()
    private var toldAt: [Refusal.Reason: Double] = [:]

    mutating func note(_ new: DeadLetterCount) { if new.total > 0 { pending += new } }

    /// Warns of what is due.
    mutating func tell(_ log: Logger, at uptime: Double) {
        guard pending.total > 0 else { return }
        var later = DeadLetterCount()
        for (reason, entry) in pending.sorted {
            guard uptime - toldAt[reason, default: -.infinity] >= Self.quietSeconds else {
                later.keep(reason, entry)
                continue
            }
            toldAt[reason] = uptime
            log.warning(
                "dead letters",
                metadata: [
                    "reason": "\(reason.rawValue)", "count": "\(entry.count)",
                    "newest": "\(entry.newest)",
                ]
            )
        }
        pending = later
    }
}
