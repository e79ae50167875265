package import OpinionWire

/// Looks out for transactions of others that stay open on our inputs: what lies behind them can't be read.
package struct OpenTransactions {
    /// How long one may be open before it is told of, in seconds: producers' own last a moment.
    package static let patienceSeconds = 5.0

    package init() {}

    /// Where everything before an open transaction has been read, and since when it is so.
    private var since: [TopicPartition: (stable: Int64, began: Double)] = [:]

    /// Notes where an input ended.
    ///
    /// - Parameters:
    ///   - place: The input.
    ///   - end: Where it ended.
    ///   - position: Where it has been read to.
    ///   - uptime: Now, in seconds.
    package mutating func note(
        _ place: TopicPartition,
        _ end: InputEnd,
        readTo position: Int64,
        at uptime: Double
    ) {
        guard end.stable < end.high, end.stable <= position, position < end.high else {
            since[place] = nil
            return
        }
        if since[place]?.stable != end.stable { since[place] = (end.stable, uptime) }
    }

    /// Forgets the inputs of a shard.
    package mutating func forget(_ shard: Int) {
        since = since.filter { Int($0.key.partition) != shard }
    }

    /// The inputs that have been held up for long, with the seconds.
    package func held(at uptime: Double) -> [(place: TopicPartition, offset: Int64, seconds: Int)] {
        since.filter { uptime - $0.value.began > Self.patienceSeconds }
            .map { ($0.key, $0.value.stable, Int(uptime - $0.value.began)) }
            .sorted { ($0.0.topic, $0.0.partition) < ($1.0.topic, $1.0.partition) }
    }
}
