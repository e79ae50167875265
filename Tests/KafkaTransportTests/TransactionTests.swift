import KafkaTransport
import OpinionWire
import Testing

@Suite("Transactions")
struct TransactionTests {
    private let shard = TopicPartition("in", 0)

    @Test("carry records and offsets, one after another, each ended by one request")
    func carry() throws {
        let bench = try Bench(topics: ["in", "out"])
        let member = try bench.member("a")
        _ = try member.join()
        let membership = try #require(member.groupMetadata())
        let producer = try bench.producer(topics: ["out"])
        try producer.warmUp(timeoutMilliseconds: 10_000)
        try producer.initTransactions(timeoutMilliseconds: 10_000)
        for number in 0..<3 {
            try producer.begin()
            #expect(producer.endTransactionSends == 0)
            try producer.produce(RecordBatch("a\(number)", "b\(number)"))
            try producer.sendOffsets([(shard, Int64(number + 1))], membership)
            try producer.commit()
            #expect(producer.endTransactionSends == 1)
        }
        let reader = try bench.reader()
        try reader.assign([(TopicPartition("out", 0), PartitionReader.beginning)])
        let polled = try reader.gather { $0.contains { $0.end != nil } }
        let values = polled.compactMap(\.record?.value).map { String(decoding: $0, as: UTF8.self) }
        #expect(values == ["a0", "b0", "a1", "b1", "a2", "b2"])
    }

    @Test("take a moment, not the flush's steps of ten milliseconds")
    func quick() throws {
        let bench = try Bench()
        let producer = try bench.producer()
        try producer.warmUp(timeoutMilliseconds: 10_000)
        try producer.initTransactions(timeoutMilliseconds: 10_000)
        let durations = try (0..<20).map { _ in
            try ContinuousClock().measure {
                try producer.begin()
                try producer.produce(RecordBatch("a"))
                try producer.commit()
            }
        }
        // The quickest of many, so that a loaded machine does not fail it.
        #expect(try #require(durations.min()) < .milliseconds(9))
    }

    @Test("can be aborted and sent again as they stand")
    func abort() throws {
        let bench = try Bench()
        let producer = try bench.producer()
        try producer.initTransactions(timeoutMilliseconds: 10_000)
        let batch = RecordBatch("a")
        try producer.begin()
        try producer.produce(batch)
        try producer.abort()
        try producer.begin()
        try producer.produce(batch)
        try producer.commit()
    }

    @Test("into a topic that does not exist are refused before they begin")
    func missingTopic() throws {
        let bench = try Bench()
        bench.cluster.setTopicError("nowhere", 3)
        let producer = try bench.producer(topics: ["in", "nowhere"])
        let error = #expect(throws: KafkaError.self) {
            try producer.warmUp(timeoutMilliseconds: 10_000)
        }
        #expect(error?.reaction == .retry)
        #expect(error?.subject == .topics)
        #expect(error?.attempted == "looking up the topic nowhere")
    }

    @Test("wait while the coordinator is away, and go on when it is back")
    func retry() throws {
        let bench = try Bench()
        let producer = try bench.producer()
        try bench.cluster.setDown(broker: 1)
        let error = #expect(throws: KafkaError.self) {
            try producer.initTransactions(timeoutMilliseconds: 300)
        }
        #expect(error?.reaction == .retry)
        try bench.cluster.setUp(broker: 1)
        try retrying(until: .now + Bench.limit) { () throws(KafkaError) in
            try producer.initTransactions(timeoutMilliseconds: 1_000)
        }
        try producer.begin()
        try producer.produce(RecordBatch("a"))
        try producer.commit()
    }

    @Test("whose end was sent twice can be told")
    func resentEnd() throws {
        let bench = try Bench()
        let producer = try bench.producer()
        try producer.initTransactions(timeoutMilliseconds: 10_000)
        try producer.begin()
        try producer.produce(RecordBatch("a"))
        // Later than the socket's time-out, a third of the transaction's.
        try bench.cluster.pushDelay(broker: 1, apiKey: 26, milliseconds: 5_000)
        try producer.commit()
        #expect(producer.endTransactionSends == 2)
    }

    @Test("retrying ends with the deadline, and at once with any other error")
    func retryingEnds() {
        let down = MockError.down
        var attempts = 0
        #expect(throws: KafkaError.self) {
            try retrying(until: .now + .milliseconds(350)) { () throws(KafkaError) in
                attempts += 1
                throw down
            }
        }
        #expect(attempts == 3)
    }
}
