internal import OpinionWire

/// How long decisions and answers took lately.
struct WorkTimes {
    /// How long a period is, in seconds.
    private static let periodSeconds = 60.0

    private var decisions = Durations()
    private var latencies = Durations()
    private var turnedAt = -Double.infinity

    mutating func decided(nanoseconds: UInt64) { decisions.record(Int64(nanoseconds / 1_000)) }

    /// - Parameters:
    ///   - arrivals: Timestamps of the records that were answered.
    ///   - now: When the answers were committed, in milliseconds.
    mutating func answered(_ arrivals: [Int64], at now: Int64) {
        for arrival in arrivals { latencies.record(max(0, now - arrival)) }
    }

    func fill(_ health: inout Health) {
        health.decision = decisions.quantiles
        health.latency = latencies.quantiles
    }

    /// Begins a new period when the last one is over.
    mutating func turn(at uptime: Double) {
        guard uptime - turnedAt >= Self.periodSeconds else { return }
        decisions.turn()
        latencies.turn()
        turnedAt = uptime
    }
}
