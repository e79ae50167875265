extension KafkaSettings {
    /// A member of the daemon's consumer group that reads the inputs of its shards.
    ///
    /// Members are static (KIP-345): one that restarts within its session keeps its shards without
    /// a rebalance. The range assignor gives partition *p* of all topics to one member, and its
    /// eager protocol has none of the cooperative one's bugs in librdkafka 2.0.2.
    ///
    /// - Parameters:
    ///   - group: the group's id.
    ///   - instance: this member's name, the same after each restart, unlike all others'.
    ///   - user: the user's properties; they win over the preset, except for ``reserved`` ones.
    /// - Returns: settings for a ``GroupConsumer``.
    /// - Throws: ``KafkaError`` with the reaction `badSettings`.
    package static func groupConsumer(
        group: String,
        instance: String,
        user: [(name: String, value: String)]
    ) throws(KafkaError) -> KafkaSettings {
        try KafkaSettings(
            connection + reading + [
                ("group.id", group), ("group.instance.id", instance),
                ("partition.assignment.strategy", "range"),
                ("session.timeout.ms", "\(sessionMilliseconds)"), ("heartbeat.interval.ms", "3000"),
                ("max.poll.interval.ms", "\(rebalanceMilliseconds(user))"),
                ("queued.min.messages", "2000"), ("queued.max.messages.kbytes", "16384"),
            ]
        ).merging(user, for: .consumer)
    }

    /// How long a silent member keeps its place in the group, unless the user says otherwise.
    package static let sessionMilliseconds = 30_000

    /// How long the group waits for a member that was asked to join again, in milliseconds.
    ///
    /// All others work nothing meanwhile, and a member that dies amid a rebalance is noticed only then: so no longer than a
    /// session, which librdkafka asks for as the least. The loop polls many times a second, and gives its shards
    /// back within 20 s.
    private static func rebalanceMilliseconds(_ user: [(name: String, value: String)]) -> Int {
        let session = user.last { $0.name == "session.timeout.ms" }.flatMap { Int($0.value) }
        return max(sessionMilliseconds, session ?? 0)
    }

    /// A consumer that is told its partitions: for reading state back, watermarks and offsets.
    ///
    /// It uses the group's id, so that it needs no more rights than the group, but never joins.
    ///
    /// - Throws: ``KafkaError`` with the reaction `badSettings`.
    package static func reader(
        group: String,
        _ use: ReaderUse = .tailing,
        user: [(name: String, value: String)]
    ) throws(KafkaError) -> KafkaSettings {
        try KafkaSettings(
            connection + reading + use.properties
                + [("group.id", group), ("queued.max.messages.kbytes", "65536")]
        ).merging(user, for: .consumer)
    }

    /// What a reader is for.
    package enum ReaderUse: Sendable {
        /// Goes on reading at the end: the broker keeps each fetch until something comes.
        case tailing
        /// Reads what is there and is done: the broker says at once that nothing more is there, instead of after
        /// half a second (`fetch.wait.max.ms`), which every take-over would wait for at least once.
        case fetchingOnce

        var properties: [(name: String, value: String)] {
            switch self {
            case .tailing: []
            case .fetchingOnce: [("fetch.wait.max.ms", "10")]
            }
        }
    }

    /// An idempotent producer; ``TransactionalProducer`` adds the transactional id.
    ///
    /// Times are derived so that nothing outlives the transaction it belongs to: a record gives up
    /// at ⅚ of it, and a request in flight at no more than ⅓. A delivery report is wanted for each
    /// record: with reports for errors only, librdkafka 2.0.2 waits for a flush in steps of 10 ms.
    ///
    /// Topics are not created by being written to: librdkafka has its producers ask for that unless
    /// told otherwise, and a misspelt topic would come to be.
    ///
    /// - Parameters:
    ///   - user: the user's properties; they win over the preset, except for ``reserved`` ones.
    ///   - batchBytesMax: Bytes that all topics take in one batch (their `max.message.bytes`), where that is less than
    ///     the million that librdkafka puts together: a batch that is too large is refused whole.
    ///   - limit: 1 000 … the broker's `transaction.max.timeout.ms` (15 minutes by default).
    /// - Returns: settings for a ``TransactionalProducer`` or a ``PlainProducer``.
    /// - Throws: ``KafkaError`` with the reaction `badSettings`.
    package static func producer(
        user: [(name: String, value: String)],
        batchBytesMax: Int? = nil,
        transactionTimeoutMilliseconds limit: Int = 30_000
    ) throws(KafkaError) -> KafkaSettings {
        let batch = batchBytesMax.map { [("batch.size", "\(min(1_000_000, max(1, $0)))")] } ?? []
        return try KafkaSettings(
            connection + [
                ("allow.auto.create.topics", "false"), ("enable.idempotence", "true"),
                ("partitioner", "murmur2_random"),
                ("transaction.timeout.ms", "\(limit)"), ("message.timeout.ms", "\(limit / 6 * 5)"),
                ("socket.timeout.ms", "\(min(10_000, limit / 3))"),
                ("request.timeout.ms", "\(min(8_000, limit / 4))"),
                ("max.in.flight.requests.per.connection", "1"), ("linger.ms", "0"),
                ("retry.backoff.ms", "100"),
                ("compression.codec", "none"), ("queue.buffering.max.kbytes", "65536"),
                ("delivery.report.only.error", "false"),
            ] + batch
        ).merging(user, for: .producer)
    }

    /// A client for administration.
    ///
    /// - Throws: ``KafkaError`` with the reaction `badSettings`.
    package static func administration(
        user: [(name: String, value: String)]
    ) throws(KafkaError) -> KafkaSettings {
        try KafkaSettings(connection).merging(user, for: .producer)
    }

    private static let connection = [
        (name: "socket.timeout.ms", value: "10000"),
        ("reconnect.backoff.ms", "100"), ("reconnect.backoff.max.ms", "2000"),
        ("socket.keepalive.enable", "true"), ("socket.nagle.disable", "true"),
        ("log.connection.close", "false"),
    ]

    /// Offsets are stored, though never committed from there: the lag in statistics needs them.
    private static let reading = [
        (name: "isolation.level", value: "read_committed"), ("enable.auto.commit", "false"),
        ("enable.auto.offset.store", "true"), ("auto.offset.reset", "error"),
        ("enable.partition.eof", "true"), ("check.crcs", "true"),
        ("allow.auto.create.topics", "false"), ("fetch.message.max.bytes", "1048576"),
        ("fetch.max.bytes", "8388608"), ("receive.message.max.bytes", "16777216"),
    ]
}
