import KafkaTransport
import OpinionWire
import Testing

/// A mock cluster with what a test needs around it.
///
/// Waits end by a condition or fail by a limit.
struct Bench {
    /// Long enough for a loaded machine; the mock group alone takes three seconds to form.
    static let limit: Duration = .seconds(20)

    let cluster: MockCluster
    let log = KafkaLog()

    init(topics: [String] = ["in"], partitions: Int32 = 2, brokers: Int32 = 1) throws {
        cluster = try MockCluster(brokers: brokers)
        for topic in topics { try cluster.createTopic(topic, partitions: partitions) }
    }

    var user: [(name: String, value: String)] {
        [("bootstrap.servers", cluster.bootstrapServers)]
    }

    func member(_ name: String, of topics: [String] = ["in"]) throws -> GroupConsumer {
        // The mock coordinator lets a rebalance take a second less than the session.
        let quick = [(name: "session.timeout.ms", value: "4000"), ("heartbeat.interval.ms", "500")]
        let settings = try KafkaSettings.groupConsumer(
            group: "g",
            instance: name,
            user: user + quick
        )
        return try GroupConsumer(settings: settings, topics: topics, log: log)
    }

    func reader(_ isolation: PartitionReader.Isolation = .readCommitted) throws -> PartitionReader {
        let settings = try KafkaSettings.reader(group: "g", user: user)
        return try PartitionReader(settings: settings, isolation: isolation, log: log)
    }

    func producer(
        _ id: String = "g.shard.0",
        topics: [String] = ["in"]
    ) throws
        -> TransactionalProducer
    {
        let settings = try KafkaSettings.producer(
            user: user,
            transactionTimeoutMilliseconds: 12_000
        )
        return try TransactionalProducer(
            settings: settings,
            transactionalID: id,
            topics: topics,
            log: log
        )
    }

    func plainProducer() throws -> PlainProducer {
        try PlainProducer(settings: KafkaSettings.producer(user: user), log: log)
    }

    /// Fills a partition with records whose values are the numbers of `range`.
    func fill(_ topic: String, _ partition: Int32, _ range: Range<Int>) throws {
        let producer = try plainProducer()
        for number in range {
            try producer.send(
                topic: topic,
                partition: partition,
                key: nil,
                value: Array("\(number)".utf8)
            )
        }
        try producer.flush(timeoutMilliseconds: 10_000)
    }
}

/// Gathers what is polled until the condition holds of it all, or the limit is reached.
func gather(
    _ limit: Duration = Bench.limit,
    poll: () -> Polled?,
    until isEnough: ([Polled]) -> Bool
) throws -> [Polled] {
    let deadline = ContinuousClock.now + limit
    var all: [Polled] = []
    while !isEnough(all) {
        try #require(ContinuousClock.now < deadline, "still waiting, with \(all.suffix(5))")
        if let polled = poll() { all.append(polled) }
    }
    return all
}

extension GroupConsumer {
    func gather(until isEnough: ([Polled]) -> Bool) throws -> [Polled] {
        try KafkaTransportTests.gather(
            poll: { poll(timeoutMilliseconds: 100) },
            until: isEnough
        )
    }

    /// Waits for the group's first answer and completes the join; the shards given.
    func join() throws -> [TopicPartition] {
        let polled = try gather { $0.contains { $0.assignment != nil } }
        try fetch([])
        return polled.compactMap(\.assignment).last ?? []
    }
}

extension PartitionReader {
    func gather(until isEnough: ([Polled]) -> Bool) throws -> [Polled] {
        try KafkaTransportTests.gather(
            poll: { poll(timeoutMilliseconds: 100) },
            until: isEnough
        )
    }
}

extension Polled {
    var record: Record? {
        guard case .record(let record) = self else { return nil }
        return record
    }

    var assignment: [TopicPartition]? {
        guard case .assigned(let shards) = self else { return nil }
        return shards
    }

    var revocation: [TopicPartition]? {
        guard case .revoked(let shards, _) = self else { return nil }
        return shards
    }

    var end: TopicPartition? {
        guard case .endOfPartition(let shard, _) = self else { return nil }
        return shard
    }
}

extension RecordBatch {
    /// One record for each text, in the producer's first topic and partition 0.
    init(_ texts: String..., topic: Int = 0, partition: Int32? = 0) {
        self.init()
        for text in texts {
            let start = bytes.count
            bytes += Array(text.utf8)
            let entry = Entry(
                topic: topic,
                partition: partition,
                key: start..<bytes.count,
                value: start..<bytes.count,
                headers: []
            )
            entries.append(entry)
        }
    }
}
