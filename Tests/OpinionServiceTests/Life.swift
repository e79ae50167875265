import Foundation
import KafkaTransport
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionWire
import Testing

/// What the loop does with a ``KafkaCluster``, step by step, on librdkafka's mock brokers.
final class Life {
    static let topics: [String: Int32] = [
        "opinion.requests": 1, "opinion.responses": 1, "opinion.specialists": 1,
        "opinion.assignments": 1, "opinion.reports": 1, "opinion.dead-letters": 1,
        "opiniond.state": 1,
    ]
    static let policy = Policy(name: "test", sha256: "0")
    static let place = TopicPartition("opinion.requests", 0)

    let mock: MockCluster
    let cluster: KafkaCluster

    init(watches: HangWatchdog.Watches = HangWatchdog.Watches()) throws {
        mock = try MockCluster()
        for (topic, count) in Self.topics { try mock.createTopic(topic, partitions: count) }
        // The mock's group takes a second less than a session to form.
        let quick = [
            ("session.timeout.ms", "4000"), ("heartbeat.interval.ms", "500"),
        ]
        let site = KafkaSite(
            group: "g",
            instance: "one",
            prefix: "",
            properties: [("bootstrap.servers", mock.bootstrapServers)] + quick
        )
        cluster = KafkaCluster(site, watches: watches)
    }

    /// Takes what happens until something is as it should be.
    @discardableResult
    func wait<Answer>(
        for what: String,
        seconds: Double = 30,
        _ choose: (TransportEvent) -> Answer?
    ) throws -> Answer {
        let end = ContinuousClock.now + .seconds(seconds)
        var seen: [String] = []
        while ContinuousClock.now < end {
            guard let transportEvent = cluster.next(waitMilliseconds: 100, withRecords: true) else {
                continue
            }
            seen.append(String("\(transportEvent)".prefix(200)))
            if let answer = choose(transportEvent) { return answer }
        }
        throw TimeUp(description: "waited for \(what), saw \(seen.suffix(5))")
    }

    struct TimeUp: Error, CustomStringConvertible {
        let description: String
    }

    // MARK: Steps

    /// Until the group has given us the only shard.
    func begin() throws {
        cluster.start()
        try wait(for: "the group") { if case .assigned = $0 { true } else { nil } }
        cluster.fetch([])
    }

    func takeOver() throws {
        cluster.takeOver(0, by: Self.policy)
        try wait(for: "the shard") { if case .takenOver = $0 { true } else { nil } }
    }

    func commit() throws {
        var transaction = Transaction(shard: 0, requests: 1, responses: 0)
        transaction.batch.bytes = [1]
        transaction.batch.entries = [
            RecordBatch.Entry(topic: 0, partition: 0, key: 0..<1, value: 0..<1, headers: [])
        ]
        try #require(cluster.commit(transaction))
        try wait(for: "the commit") { if case .committed = $0 { true } else { nil } }
    }

    /// Where the requests end; nil: the brokers didn't say.
    func ends() throws -> Int64? {
        cluster.askEnds(of: [Self.place], at: Moment(milliseconds: 7))
        return try wait(for: "the ends") {
            guard case .ends(let ends, let askedAt) = $0 else { return Int64??.none }
            #expect(askedAt == Moment(milliseconds: 7))
            return .some(ends[Self.place]?.high)
        }
    }
}
