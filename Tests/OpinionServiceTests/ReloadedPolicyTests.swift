import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionTesting
import OpinionWire
import Testing

/// A policy that was read anew, and shards that are taken over afterwards.
@Suite("A policy that was read anew")
struct ReloadedPolicyTests {
    private static let old = HandCluster.policy
    /// Reminds of a seat that waits, which the old one never does.
    private static let new = {
        var policy = Policy(name: "new", sha256: old.sha256)
        policy.clocks[.assign].remind = Array(repeating: 600, count: Priority.allCases.count)
        return policy
    }()

    @Test("is the one by which the next shard is taken over")
    func takeover() {
        let cluster = HandCluster(shards: 1)
        let service = cluster.service()
        service.advance(turns: 5)
        service.adopt(Self.new)
        cluster.say(.topicsAreBack)
        service.advance(turns: 5)
        #expect(cluster.takeovers.map(\.name) == ["test", "new"])
        #expect(service.shard(0)?.policy.name == "new")
    }

    @Test("works out what was set aside under the old one as if that had never been")
    func warm() throws {
        let restored = try Self.restored(setAsideBy: Self.old)
        #expect(restored.policy.name == "new")
        #expect(restored.nextTimer != nil)
        #expect(restored.nextTimer == (try Self.restored(setAsideBy: Self.new).nextTimer))
    }

    private static func restored(setAsideBy policy: Policy) throws -> Shard {
        let shard = try waiting(policy)
        let meta = Meta(
            shard: 0,
            shards: 1,
            decidedAt: shard.decidedAt,
            writer: "one",
            sequence: 1,
            digest: shard.digest,
            requests: 1,
            responses: 0,
            roster: [0]
        )
        var restoration = Restoration(
            of: 0,
            among: 1,
            KafkaSite(group: "g", instance: "one", prefix: "", properties: []),
            from: ParkedShard(shard: shard, meta: meta).warm(at: 2)
        )
        try restoration.finish(by: new, committed: [:])
        return restoration.shard
    }

    /// A shard in which one request waits, all of it written.
    private static func waiting(_ policy: Policy) throws -> Shard {
        var (shard, outbox) = (Shard(number: 0, policy: policy), Outbox())
        let sent = Events.submitted(Events.Request(id: "r"), time: HandCluster.beginText)
        let record = Record(
            topic: sent.topic,
            partition: 0,
            offset: 0,
            timestamp: 0,
            key: sent.key.map { Array($0.utf8) },
            value: sent.value
        )
        let event = try EventReader(ReaderSettings(policy: policy)).event(record, from: .requests)
        _ = shard.step(event, at: event.time, into: &outbox)
        shard.drain(write: { _ in 1 }, erase: { _ in })
        return shard
    }
}
