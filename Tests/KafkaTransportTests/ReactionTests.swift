import KafkaTransport
import OpinionWire
import Testing

/// Errors as librdkafka gives them.
enum MockError {
    /// What `_TRANSPORT` looks like when nobody listens.
    static var down: KafkaError {
        get {
            do throws(KafkaError) {
                let settings = try KafkaSettings.reader(
                    group: "g",
                    user: [("bootstrap.servers", "127.0.0.1:1")]
                )
                let reader = try PartitionReader(
                    settings: settings,
                    isolation: .readCommitted,
                    log: KafkaLog()
                )
                _ = try reader.watermarks(of: TopicPartition("in", 0), timeoutMilliseconds: 200)
                preconditionFailure("somebody listens on port 1")
            } catch {
                return error
            }
        }
    }
}

/// A request of a transaction that can fail, by its number in the Kafka protocol.
enum Request: Int16, CaseIterable {
    case produce = 0
    case initProducerID = 22
    case addPartitions = 24
    case addOffsets = 25
    case endTransaction = 26
    case commitOffsets = 28
}

@Suite("What to do about an error is decided where it is read")
struct ReactionTests {
    @Test(
        "each request of a transaction",
        arguments: [
            (Request.initProducerID, 53, .unauthorised),
            (.initProducerID, 50, .badSettings),
            (.initProducerID, 90, .fenced),
            (.initProducerID, 47, .fenced),
            (.addPartitions, 47, .fenced),
            (.addPartitions, 90, .fenced),
            (.addPartitions, 29, .unauthorised),
            (.addPartitions, 53, .unauthorised),
            (.addPartitions, 48, .restart),
            (.addOffsets, 90, .fenced),
            (.addOffsets, 47, .fenced),
            (.addOffsets, 53, .unauthorised),
            (.addOffsets, 30, .unauthorised),
            (.addOffsets, 48, .restart),
            (.commitOffsets, 22, .abort),
            (.commitOffsets, 25, .abort),
            (.commitOffsets, 82, .fenced),
            (.commitOffsets, 90, .fenced),
            (.commitOffsets, 30, .unauthorised),
            (.endTransaction, 90, .fenced),
            (.endTransaction, 47, .fenced),
            (.endTransaction, 53, .unauthorised),
            (.endTransaction, 48, .restart),
            (.produce, 29, .unauthorised),
            (.produce, 10, .abort),
            (.produce, 87, .abort),
        ] as [(Request, Int32, KafkaError.Reaction)]
    )
    func reaction(request: Request, code: Int32, expected: KafkaError.Reaction) throws {
        let error = try #require(try failure(of: request, [code]))
        #expect(error.reaction == expected, "\(error)")
    }

    @Test("what passes by itself is not reported", arguments: Request.allCases)
    func passes(request: Request) throws {
        // 14 coordinator is loading, 16 not coordinator; 6 not the leader.
        let codes: [Int32] = request == .produce ? [6] : [14, 16]
        #expect(try failure(of: request, codes) == nil)
    }

    @Test("an abortable error leaves a producer that goes on")
    func goOn() throws {
        let bench = try Bench()
        let producer = try bench.producer()
        try producer.initTransactions(timeoutMilliseconds: 10_000)
        bench.cluster.pushErrors(apiKey: Request.produce.rawValue, [87])
        try producer.begin()
        let error = #expect(throws: KafkaError.self) {
            try producer.produce(RecordBatch("a"))
            try producer.commit()
        }
        #expect(error?.reaction == .abort)
        // The new epoch's first attempt may fail once more: the mock counts sequences on.
        var attempts = 0
        while !(try redo(producer)) {
            attempts += 1
            try #require(attempts < 5)
        }
    }

    /// Aborts and sends again, as the owner of a shard does; whether it succeeded.
    private func redo(_ producer: TransactionalProducer) throws -> Bool {
        try producer.abort()
        try producer.begin()
        do throws(KafkaError) {
            try producer.produce(RecordBatch("a"))
            try producer.commit()
            return true
        } catch {
            try #require(error.reaction == .abort, "\(error)")
            return false
        }
    }

    /// Runs one transaction with errors in its way; what it threw.
    private func failure(of request: Request, _ codes: [Int32]) throws -> KafkaError? {
        let bench = try Bench()
        let producer = try bench.producer()
        let member = try bench.member("a")
        let membership = try #require(member.groupMetadata())
        bench.cluster.pushErrors(apiKey: request.rawValue, codes)
        do throws(KafkaError) {
            try producer.initTransactions(timeoutMilliseconds: 10_000)
            try producer.begin()
            try producer.produce(RecordBatch("a"))
            try producer.sendOffsets([(TopicPartition("in", 0), 1)], membership)
            try producer.commit(timeoutMilliseconds: 10_000)
            return nil
        } catch {
            return error
        }
    }
}
