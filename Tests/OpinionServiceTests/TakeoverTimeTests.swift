import Foundation
import KafkaTransport
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionWire
import Synchronization
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

    @Test("makes two clients at most, also when it has to try again or goes on from what there is")
    func clients() throws {
        let count = ClientCount()
        let life = try Life(watches: HangWatchdog.Watches(entering: count.hear))
        try Self.write(Self.meta, to: life)
        try life.begin()
        try life.takeOver()
        #expect(count.restart() == 2)
        let (offsetFetch, notAvailable): (Int16, Int32) = (9, 15)  // COORDINATOR_NOT_AVAILABLE
        life.mock.pushErrors(apiKey: offsetFetch, Array(repeating: notAvailable, count: 3))
        try life.takeOver()
        #expect(count.restart() <= 2)
        let parked = ParkedShard(shard: Shard(number: 0, policy: Life.policy), meta: Self.meta)
        life.cluster.release(0, parked: parked)
        try life.takeOver()
        #expect(count.restart() <= 2)
        life.cluster.stop(.stay)
    }
}

/// Counts the consumers that a shard's thread makes.
private final class ClientCount: Sendable {
    private let count = Mutex(0)

    @Sendable func hear(_ call: String) {
        guard call == "creating a reader" else { return }
        let name = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
        if name == "shard-0\n" { count.withLock { $0 += 1 } }
    }

    /// How many there were, and begins anew.
    func restart() -> Int {
        count.withLock { count in
            defer { count = 0 }
            return count
        }
    }
}
