import KafkaTransport
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionWire
import Testing

@Suite("A take-over")
struct TakeoverTimeTests {
    /// A meta record of a shard that has read nothing and holds nothing.
    private static let meta = Meta(
        shard: 0,
        shards: 1,
        decidedAt: .distantPast,
        writer: "one",
        sequence: 1,
        digest: 0,
        requests: 0,
        responses: 0,
        roster: [0]
    )

    private static func write(_ meta: Meta, to life: Life) throws {
        var batch = RecordBatch()
        StateWriter(shard: 0).write(meta, into: &batch)
        let entry = batch.entries[0]
        let producer = try PlainProducer(
            settings: .producer(user: [("bootstrap.servers", life.mock.bootstrapServers)]),
            log: KafkaLog()
        )
        try producer.send(
            topic: Topic.state,
            key: entry.key.map { Array(batch.bytes[$0]) },
            value: Array(batch.bytes[entry.value ?? 0..<0]),
            headers: []
        )
        try producer.flush(timeoutMilliseconds: 10_000)
        producer.close()
    }

    @Test("of a shard with state never waits for a broker that lets a fetch wait")
    func isQuick() throws {
        let life = try Life()
        try Self.write(Self.meta, to: life)
        try life.begin()
        // Each would wait for half a second at least where librdkafka is asked the wrong way; a busy machine is slow
        // once, not five times.
        let milliseconds = try (0..<5).map { _ in
            life.cluster.takeOver(0, by: Life.policy)
            let taken = try life.wait(for: "the shard") { transportEvent -> TakenOver? in
                guard case .takenOver(let taken) = transportEvent else { return nil }
                return taken
            }
            #expect(taken.meta == Self.meta)
            return taken.milliseconds
        }
        print("take-overs of a shard with state, in milliseconds: \(milliseconds)")
        #expect((milliseconds.min() ?? .max) < 450)
        life.cluster.stop(.stay)
    }
}
