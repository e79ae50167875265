import OpinionTesting
import Foundation
import KafkaTransport
import OpinionWire

/// The topics of one test, under a prefix of their own, and clients for them.
final class Ground: Topics {
    static let callMilliseconds: Int32 = 10_000
    static let readSeconds = 60.0

    let broker: Broker
    let prefix = "t\(UUID().uuidString.prefix(8).lowercased())."
    let shards: Int
    let instance = "one"
    private let log = KafkaLog()
    private let directory = Scratch.directory("settings")
    let producer: PlainProducer

    /// Creates the topics.
    ///
    /// - Parameters:
    ///   - broker: Where.
    ///   - shards: Partitions of requests, responses and state.
    ///   - without: Topics that are left out.
    ///   - counts: Topics with another number of partitions.
    ///   - properties: Properties of topics, over those they should have.
    /// - Throws: When the broker doesn't create them.
    init(
        _ broker: Broker,
        shards: Int = 3,
        without: Set<String> = [],
        counts: [String: Int32] = [:],
        properties: [String: [String: String]] = [:]
    ) throws {
        self.broker = broker
        self.shards = shards
        producer = try PlainProducer(settings: .producer(user: broker.properties), log: log)
        let usual: [String: Int32] = [
            Topic.requests: Int32(shards), Topic.responses: Int32(shards),
            Topic.state: Int32(shards),
            Topic.specialists: 2, Topic.assignments: 1, Topic.reports: 2, Topic.deadLetters: 2,
        ]
        let wanted = usual.merging(counts) { $1 }.filter { !without.contains($0.key) }
        try create(wanted, properties)
    }

    /// Creates a topic of one partition that was left out.
    func create(_ topic: String) throws { try create([topic: 1], [:]) }

    private func create(
        _ counts: [String: Int32],
        _ properties: [String: [String: String]]
    ) throws {
        let plans = counts.map {
            TopicPlan(
                name: prefix + $0.key,
                partitions: $0.value,
                replication: 1,
                configuration: Self.properties(of: $0.key).merging(properties[$0.key] ?? [:]) { $1 }
            )
        }
        let outcomes = try Administration(
            settings: .administration(user: broker.properties),
            log: log
        )
        .createTopics(plans, timeoutMilliseconds: Self.callMilliseconds)
        for (name, outcome) in outcomes where outcome != .created {
            throw TimeUp(description: "creating \(name): \(outcome)")
        }
    }

    private static func properties(of topic: String) -> [String: String] {
        let isCompacted = [Topic.state, Topic.specialists].contains(topic)
        return ["cleanup.policy": isCompacted ? "compact" : "delete"]
    }

    // MARK: The daemon here

    /// Settings for a daemon on these topics, as its environment.
    ///
    /// - Parameter more: Settings on top, by the name of their variable.
    /// - Returns: Variables and values.
    func environment(_ more: [String: String] = [:]) -> [String: String] {
        [
            "PATH": "/usr/bin:/bin", "OPINIOND_KAFKA_BOOTSTRAP_SERVERS": broker.address,
            "OPINIOND_KAFKA_TOPIC_PREFIX": prefix, "OPINIOND_KAFKA_INSTANCE": instance,
            "OPINIOND_HEALTH_INTERVAL_SECONDS": "1",
        ].merging(more) { $1 }
    }

    /// Starts a daemon on these topics.
    func daemon(_ more: [String: String] = [:]) throws -> Opiniond {
        if !FileManager.default.fileExists(atPath: settingsFile.path) { try writeSettings("") }
        return try Opiniond(environment(more), arguments: ["run", "--config", settingsFile.path])
    }

    private var settingsFile: URL { directory.appending(path: "opiniond.yaml") }

    /// Writes the settings file that daemons here read: what this broker needs, and more sections.
    func writeSettings(_ sections: String) throws {
        let properties = Broker.quirks.map { "    \($0.name): \($0.value)\n" }.joined()
        let text = "kafka:\n  properties:\n\(properties)\(sections)\n"
        try Data(text.utf8).write(to: settingsFile)
    }

    func readyDaemon(_ more: [String: String] = [:]) throws -> Opiniond {
        let daemon = try daemon(more)
        try daemon.waitUntilReady()
        return daemon
    }

    // MARK: Writing

    func send(_ records: [Outgoing]) throws {
        for record in records { try send(record) }
        try flush()
    }

    /// Sends without waiting; ``flush()`` waits.
    func send(_ record: Outgoing) throws {
        try producer.send(
            topic: prefix + record.topic,
            partition: record.partition,
            key: record.key.map { Array($0.utf8) },
            value: record.value,
            headers: record.headers
        )
    }

    /// Writes records in a transaction that is left open.
    func transaction(_ records: [Outgoing]) throws -> TransactionalProducer {
        let topics = Array(Set(records.map { prefix + $0.topic }))
        let producer = try TransactionalProducer(
            settings: .producer(user: broker.properties),
            transactionalID: prefix + "publisher",
            topics: topics,
            log: log
        )
        try producer.initTransactions(timeoutMilliseconds: Self.callMilliseconds)
        try producer.begin()
        var batch = RecordBatch()
        for record in records {
            let begin = batch.bytes.count
            batch.bytes += record.value ?? []
            batch.entries.append(
                RecordBatch.Entry(
                    topic: topics.firstIndex(of: prefix + record.topic) ?? 0,
                    partition: record.partition ?? 0,
                    key: nil,
                    value: begin..<batch.bytes.count,
                    headers: record.headers
                )
            )
        }
        try producer.produce(batch)
        try producer.flush(timeoutMilliseconds: Self.callMilliseconds)
        return producer
    }

    func flush() throws { try producer.flush(timeoutMilliseconds: 60_000) }

    // MARK: Reading

    func reader(_ topic: String) throws -> TopicReader {
        let settings = try KafkaSettings.reader(group: prefix + "reader", user: broker.properties)
        let reader = try PartitionReader(settings: settings, isolation: .readCommitted, log: log)
        return try TopicReader(reader, prefix + topic)
    }

    /// All that is committed in a topic now.
    func all(_ topic: String) throws -> [Record] {
        let reader = try reader(topic)
        defer { reader.close() }
        return try reader.readToEnd()
    }
}

/// Reads one topic from its beginning, committed records only.
final class TopicReader {
    private let reader: PartitionReader
    private let topic: String
    private let partitions: [TopicPartition]
    private var next: [Int64]

    init(_ reader: PartitionReader, _ topic: String) throws {
        self.reader = reader
        self.topic = topic
        let counts = try reader.partitionCounts(
            of: [topic],
            timeoutMilliseconds: Ground.callMilliseconds
        )
        partitions = (0..<Int32(counts[topic] ?? 0)).map { TopicPartition(topic, $0) }
        next = partitions.map { _ in 0 }
        try reader.assign(partitions.map { ($0, PartitionReader.beginning) })
    }

    func close() { reader.close() }

    /// What has come since the last call; nothing is waited for longer than that.
    func poll(waitMilliseconds: Int32 = 0) -> [Record] {
        var records: [Record] = []
        var wait = waitMilliseconds
        while let polled = reader.poll(timeoutMilliseconds: wait) {
            take(polled, into: &records)
            wait = 0
        }
        return records
    }

    /// What has come since the last call, read anew from the beginning each time.
    ///
    /// A fetch from the middle would miss records on the broker of these tests: it names aborted
    /// transactions that ended before, and clients then drop what their producer committed later.
    func readNew() throws -> [Record] {
        let before = next
        next = partitions.map { _ in 0 }
        try reader.assign(partitions.map { ($0, PartitionReader.beginning) })
        return try readToEnd().filter { before[Int($0.partition)] <= $0.offset }
    }

    /// Everything up to the end that each partition has now.
    func readToEnd() throws -> [Record] {
        let ends = try partitions.map {
            try reader.watermarks(of: $0, timeoutMilliseconds: Ground.callMilliseconds).high
        }
        var records: [Record] = []
        try wait("the end of \(topic)", seconds: Ground.readSeconds, progress: { records.count }) {
            while let polled = reader.poll(timeoutMilliseconds: 100) {
                take(polled, into: &records)
                if isAt(ends) { break }
            }
            return isAt(ends)
        }
        return records.sorted { ($0.partition, $0.offset) < ($1.partition, $1.offset) }
    }

    private func isAt(_ ends: [Int64]) -> Bool { zip(next, ends).allSatisfy { $0 >= $1 } }

    private func take(_ polled: Polled, into records: inout [Record]) {
        switch polled {
        case .record(let record):
            next[Int(record.partition)] = record.offset + 1
            records.append(record)
        case .endOfPartition(let place, let offset):
            next[Int(place.partition)] = max(next[Int(place.partition)], offset)
        case .assigned, .revoked, .statistics, .failure: break
        }
    }
}

extension TopicReader {
    /// Waits until so many records have come since it was made or last asked.
    func waitFor(_ count: Int, seconds: Double = 30) throws -> [Record] {
        var records: [Record] = []
        try wait(
            "\(count) records, there are \(records.count)",
            seconds: seconds,
            progress: { records.count }
        ) {
            records += poll(waitMilliseconds: 20)
            return count <= records.count
        }
        return records
    }
}
