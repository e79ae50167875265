internal import OpinionFlow

/// How the daemon is, as its health line tells it.
///
/// Has a variable for each field of the line: the contract lists them.
package struct Health: Sendable {
    package enum Status: String, Sendable, CaseIterable {
        case starting, restoring, ready, degraded, draining, stopping
    }

    package enum LagStatus: String, Sendable, CaseIterable { case ok, behind, stalled }

    package var status = Status.starting
    package var reasons: [String] = []
    package var uptimeSeconds = 0
    package var shardsOwned = 0
    package var shardsRestoring = 0
    package var shardsStandby = 0
    package var lag: Int64 = 0
    package var lagStatus = LagStatus.ok
    package var specialists = 0
    package var capacityUnits = 0
    package var unitsUsed = 0
    package var requestsOpen = 0
    package var requestsWaiting = 0
    package var oldestWaitingSeconds: Int64 = 0
    package var overdue = 0
    package var tally = Tally()
    package var transactions = 0
    package var aborted = 0
    package var decision = Quantiles()
    package var latency = Quantiles()
    package var residentMegabytes: Int64 = 0
    package var linesDropped = 0
    /// Why it ends, in a sentence, unless it was asked to.
    package var end: String?

    package init() {}

    /// The fields in the contract's order.
    package var fields: [(name: String, value: Line.Value)] {
        let numbers: [(String, Int)] = [
            ("uptime_s", uptimeSeconds), ("shards_owned", shardsOwned),
            ("shards_restoring", shardsRestoring), ("shards_standby", shardsStandby),
        ]
        let more: [(String, Int64)] = [
            ("specialists", Int64(specialists)), ("capacity_units", Int64(capacityUnits)),
            ("units_used", Int64(unitsUsed)), ("requests_open", Int64(requestsOpen)),
            ("requests_waiting", Int64(requestsWaiting)),
            ("oldest_waiting_s", oldestWaitingSeconds), ("received_total", Int64(tally.received)),
            ("assigned_total", Int64(tally.assigned)), ("reports_total", Int64(tally.reports)),
            ("dead_letters_total", Int64(tally.deadLetters)),
            ("forwarded_total", Int64(tally.forwarded)),
            ("transactions_total", Int64(transactions)), ("aborted_total", Int64(aborted)),
            ("decision_p50_us", decision.median), ("decision_p99_us", decision.high),
            ("latency_p50_ms", latency.median), ("latency_p99_ms", latency.high),
            ("overdue", Int64(overdue)), ("rss_mb", residentMegabytes),
            ("log_dropped_total", Int64(linesDropped)),
            ("duplicates_total", Int64(tally.duplicates)),
            ("superseded_total", Int64(tally.superseded)), ("stale_total", Int64(tally.stale)),
            ("future_total", Int64(tally.future)),
        ]
        let dead = tally.dead.sorted.map { "\($0.reason.rawValue)=\($0.entry.count)" }
        return [
            ("kind", .text("health")), ("status", .text(status.rawValue)),
            ("reasons", .list(reasons)),
        ] + numbers.map { ($0.0, .number(Int64($0.1))) } + [
            ("lag", .number(lag)), ("lag_status", .text(lagStatus.rawValue)),
        ] + more.map { ($0.0, .number($0.1)) } + [("dead_letters", .list(dead))]
    }

    /// The line for the log: a degraded daemon is a warning.
    package var line: Line { Line(status == .degraded ? .warning : .info, fields) }

    /// One sentence for `systemctl status`.
    package var sentence: String {
        if let end { return "\(status.rawValue) (\(reasons.joined(separator: ", "))): \(end)" }
        let why = reasons.isEmpty ? "" : " (\(reasons.joined(separator: ", ")))"
        return "\(status.rawValue)\(why): \(shardsOwned) shards, \(requestsOpen) open requests, "
            + "\(requestsWaiting) waiting, lag \(lag)"
    }
}

/// The middle and the slow end of some durations.
package struct Quantiles: Hashable, Sendable {
    package var median: Int64 = 0
    package var high: Int64 = 0
    package init(median: Int64 = 0, high: Int64 = 0) {
        self.median = median
        self.high = high
    }
}
