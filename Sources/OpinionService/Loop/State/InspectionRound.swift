internal import OpinionWire

/// When the logs are looked at, and which looked like others the last time.
struct InspectionRound {
    /// Between two looks, in seconds.
    static let everySeconds = 5.0

    private var askedAt = -Double.infinity
    private var isAsked = false
    private var suspects: Set<TopicPartition> = []

    /// Whether to ask now: one question at a time, however long the brokers take.
    mutating func begins(at uptime: Double) -> Bool {
        guard !isAsked, uptime - askedAt >= Self.everySeconds else { return false }
        (askedAt, isAsked) = (uptime, true)
        return true
    }

    /// Takes an answer in.
    ///
    /// - Returns: The places that looked like other logs this time and the time before: a leader that has just changed
    ///   may not know its log's end for a moment.
    mutating func take(_ strangers: Set<TopicPartition>) -> Set<TopicPartition> {
        isAsked = false
        defer { suspects = strangers }
        return suspects.intersection(strangers)
    }
}
