import Glibc
import KafkaTransport
import OpinionWire
import Testing

/// What the mock brokers cannot show: isolation, committed offsets, fencing, administration.
///
/// Runs against the brokers named in the environment variable `OPINIOND_TEST_BROKERS`, on topics
/// and a group of its own for each run.
@Suite("On a real broker", .serialized, .enabled(if: RealBroker.servers != nil))
struct RealBrokerTests {
    private let broker: RealBroker
    private let first: TopicPartition

    init() throws {
        broker = try RealBroker()
        first = TopicPartition(broker.topic, 0)
    }

    @Test("topics are created as planned, once, and described")
    func administration() throws {
        let plan = TopicPlan(
            name: broker.topic + "-state",
            partitions: 3,
            replication: 1,
            configuration: ["cleanup.policy": "compact"]
        )
        let create = {
            try broker.administration.createTopics([plan], timeoutMilliseconds: 10_000)
        }
        #expect(try create() == [plan.name: .created])
        #expect(try create() == [plan.name: .existed])
        let absent = plan.name + "-absent"
        let answers = try broker.administration.describeConfigurations(
            of: [plan.name, absent],
            timeoutMilliseconds: 10_000
        )
        #expect(throws: KafkaError.self) { try answers[absent]?.get() }
        let properties = try answers[plan.name]?.get() ?? [:]
        #expect(properties["cleanup.policy"] == "compact")
        #expect(properties["retention.ms"] != nil)
    }

    @Test("asking for a topic that does not exist does not create it")
    func absentTopic() throws {
        let absent = broker.topic + "-absent"
        let reader = try broker.reader(.readCommitted)
        let counts = {
            try reader.partitionCounts(of: [absent, broker.topic], timeoutMilliseconds: 10_000)
        }
        #expect(try counts() == [broker.topic: 2])
        #expect(try counts() == [broker.topic: 2])
        let error = #expect(throws: KafkaError.self) {
            try broker.producer([absent]).warmUp(timeoutMilliseconds: 10_000)
        }
        #expect(error?.reaction == .badSettings)
        #expect(try counts() == [broker.topic: 2])
    }

    @Test("a transaction carries offsets, an aborted one shows nothing, an open one holds the end")
    func transactions() throws {
        let member = try broker.member("a")
        _ = try member.join()
        let membership = try #require(member.groupMetadata())
        #expect(membership.isMember)
        let producer = try broker.producer([broker.topic])
        try producer.initTransactions(timeoutMilliseconds: 10_000)
        try producer.begin()
        try producer.produce(RecordBatch("a"))
        try producer.sendOffsets([(first, 7)], membership)
        try producer.commit()
        try producer.begin()
        try producer.produce(RecordBatch("b"))
        try producer.sendOffsets([(first, 8)], membership)
        try producer.abort()
        try producer.begin()
        try producer.produce(RecordBatch("c"))
        try producer.commit()

        let reader = try broker.reader(.readCommitted)
        let shards = [first, TopicPartition(broker.topic, 1)]
        #expect(try reader.committed(shards, timeoutMilliseconds: 10_000) == [first: 7])
        try reader.assign([(first, PartitionReader.beginning)])
        let polled = try reader.gather { $0.contains { $0.end != nil } }
        let values = polled.compactMap(\.record?.value)
        #expect(values == [Array("a".utf8), Array("c".utf8)])
    }

    @Test("a second producer fences the first, whose open records never show")
    func fencing() throws {
        let old = try broker.producer([broker.topic])
        try old.initTransactions(timeoutMilliseconds: 10_000)
        try old.begin()
        try old.produce(RecordBatch("old"))
        let new = try broker.producer([broker.topic])
        try new.initTransactions(timeoutMilliseconds: 10_000)
        let error = #expect(throws: KafkaError.self) { try old.commit() }
        #expect(error?.reaction == .fenced)
        let again = #expect(throws: KafkaError.self) { try old.begin() }
        #expect(again?.reaction == .fenced)
        try new.begin()
        try new.produce(RecordBatch("new"))
        try new.commit()
        let reader = try broker.reader(.readCommitted)
        try reader.assign([(first, PartitionReader.beginning)])
        let polled = try reader.gather { $0.contains { $0.record != nil } }
        #expect(polled.compactMap(\.record?.value) == [Array("new".utf8)])
    }

    @Test("an open transaction lies between the two watermarks")
    func watermarks() throws {
        let producer = try broker.producer([broker.topic])
        try producer.initTransactions(timeoutMilliseconds: 10_000)
        try producer.begin()
        try producer.produce(RecordBatch("a", "b"))
        let uncommitted = try broker.reader(.readUncommitted)
        try uncommitted.assign([(first, PartitionReader.beginning)])
        _ = try uncommitted.gather { 2 <= $0.count { $0.record != nil } }
        #expect(try uncommitted.watermarks(of: first, timeoutMilliseconds: 10_000).high == 2)
        let committed = try broker.reader(.readCommitted)
        #expect(try committed.watermarks(of: first, timeoutMilliseconds: 10_000).high == 0)
        try producer.commit()
    }

    @Test("a list of partitions to fetch replaces the last, with nothing stale")
    func fetchLists() throws {
        let producer = try broker.producer([broker.topic])
        try producer.initTransactions(timeoutMilliseconds: 10_000)
        try producer.begin()
        for partition: Int32 in [0, 1] {
            for number in 0..<1_000 {
                try producer.produce(RecordBatch("\(number)", partition: partition))
            }
        }
        try producer.commit()
        let member = try broker.member("a")
        #expect(try member.join().count == 2)
        let second = TopicPartition(broker.topic, 1)
        for _ in 0..<10 {
            try member.fetch([(first, 500)])
            #expect(try member.offsets(20) == [0: Array(500..<520)])
            try member.fetch([(first, 100), (second, 300)])
            let both = try member.offsets(1_600)
            #expect(both == [0: Array(100..<1_000), 1: Array(300..<1_000)])
        }
        #expect(member.groupMetadata()?.isMember == true)
    }
}

extension GroupConsumer {
    /// Reads this many records; the offsets of each partition in the order of arrival.
    fileprivate func offsets(_ count: Int) throws -> [Int32: [Int64]] {
        let polled = try gather { count <= $0.count { $0.record != nil } }
        return Dictionary(grouping: polled.compactMap(\.record), by: \.partition)
            .mapValues { $0.map(\.offset) }
    }
}

/// Clients of the broker under test, and a topic of two partitions made for one test.
private struct RealBroker {
    static var servers: String? {
        guard let value = unsafe getenv("OPINIOND_TEST_BROKERS") else { return nil }
        return unsafe String(cString: value)
    }

    let topic = "transport-\(UInt64.random(in: 0...UInt64.max))"
    let log = KafkaLog()
    /// One of the brokers tested on answers a fetch with all it has.
    private let user: [(name: String, value: String)] = [
        ("bootstrap.servers", RealBroker.servers ?? ""),
        ("receive.message.max.bytes", "2000000000"), ("fetch.max.bytes", "1900000000"),
    ]

    init() throws {
        let plan = TopicPlan(name: topic, partitions: 2, replication: 1)
        let outcomes = try administration.createTopics([plan], timeoutMilliseconds: 10_000)
        try #require(outcomes == [topic: .created])
    }

    var administration: Administration {
        get throws { Administration(settings: try .administration(user: user), log: log) }
    }

    func member(_ name: String) throws -> GroupConsumer {
        let settings = try KafkaSettings.groupConsumer(group: topic, instance: name, user: user)
        return try GroupConsumer(settings: settings, topics: [topic], log: log)
    }

    func reader(_ isolation: PartitionReader.Isolation) throws -> PartitionReader {
        let settings = try KafkaSettings.reader(group: topic, user: user)
        return try PartitionReader(settings: settings, isolation: isolation, log: log)
    }

    func producer(_ topics: [String]) throws -> TransactionalProducer {
        try TransactionalProducer(
            settings: .producer(user: user),
            transactionalID: "\(topic).shard.0",
            topics: topics,
            log: log
        )
    }
}
