import Glibc
import KafkaTransport
import OpinionTesting
import OpinionWire
import Testing

/// Offsets that belong to other records than those that lie there: topics made anew, mirrored, restored.
extension EndToEndTests {
    private static func requests(_ name: String, _ count: Int) -> [Outgoing] {
        (0..<count).map { Events.submitted(Events.Request(id: "\(name)-\($0)")) }
    }

    /// A service that has answered some requests and was stopped.
    private func answered(_ count: Int) throws -> Ground {
        let ground = try Ground(Broker.shared.get(), shards: 1)
        try ground.send([Events.profiled(Events.Specialist(id: "sp-1", units: 100))])
        try ground.send(Self.requests("old", count))
        let daemon = try ground.readyDaemon()
        _ = try ground.reader(Topic.assignments).waitFor(count)
        #expect(try daemon.terminate() == 0)
        return ground
    }

    /// Copies what is committed in a topic, partition by partition.
    private func copy(_ topic: String, from old: Ground, to new: Ground) throws {
        try new.send(
            old.all(topic).map {
                Outgoing(topic: topic, key: $0.keyText, value: $0.value, partition: $0.partition)
            }
        )
    }

    @Test(
        "a state beside other inputs is refused with 65, and goes on once a person has accepted them"
    )
    func otherLog() throws {
        let old = try answered(3)
        let new = try Ground(Broker.shared.get(), shards: 1)
        try copy(Topic.state, from: old, to: new)
        try new.send([Events.profiled(Events.Specialist(id: "sp-1", units: 100))])
        try new.send(Self.requests("new", 6))
        let refused = try new.daemon()
        #expect(try refused.exitCode() == 65, "\(refused.tail)")
        #expect(refused.says(["status": "stopping", "reasons": "other-log"]), "\(refused.tail)")
        #expect(try new.all(Topic.assignments).isEmpty)
        let names = refused.lines.compactMap {
            $0.firstMatch(of: /acceptedLogs \[([^\]]*)\]/)?.1
        }
        let accepted = try #require(names.first.map(String.init))
        let daemon = try new.readyDaemon([
            "OPINIOND_KAFKA_ACCEPTED_LOGS": accepted.replacing(" ", with: "")
        ])
        #expect(try new.reader(Topic.assignments).waitFor(6).count == 6)
        #expect(try daemon.terminate() == 0)
        let again = try new.readyDaemon()
        #expect(try again.terminate() == 0)
    }

    @Test("a state that was written before there were fingerprints is taken over, and gets them")
    func withoutFingerprint() throws {
        let ground = try answered(2)
        let meta = try #require(try ground.all(Topic.state).last { $0.keyText == "meta" })
        let text = String(decoding: meta.value ?? [], as: UTF8.self)
        let old = text.replacing(/,"cluster":"[^"]*"/, with: "")
            .replacing(/,"fingerprint":\[.*\]\]/, with: "")
        try #require(!old.contains("fingerprint") && text.contains("fingerprint"))
        try ground.send([
            Outgoing(topic: Topic.state, key: "meta", value: Array(old.utf8), partition: 0)
        ])
        let daemon = try ground.readyDaemon()
        try ground.send(Self.requests("more", 1))
        _ = try ground.reader(Topic.assignments).waitFor(3)
        #expect(try daemon.terminate() == 0)
        let last = try #require(try ground.all(Topic.state).last { $0.keyText == "meta" })
        #expect(String(decoding: last.value ?? [], as: UTF8.self).contains("fingerprint"))
    }

    @Test("more partitions than the state was written with are refused before anything is decided")
    func raised() throws {
        let old = try answered(2)
        let new = try Ground(Broker.shared.get(), shards: 2)
        try copy(Topic.state, from: old, to: new)
        try new.send([Events.profiled(Events.Specialist(id: "sp-1", units: 100))])
        try new.send(
            (0..<20).map { Events.submitted(Events.Request(id: "rq-\($0)", network: "net-\($0)")) }
        )
        let daemon = try new.daemon()
        #expect(try daemon.exitCode() == 78, "\(daemon.tail)")
        #expect(daemon.says(["status": "stopping", "reasons": "topics-changed"]), "\(daemon.tail)")
        #expect(daemon.lines.contains { $0.contains("first written with 1 partitions") })
        #expect(try new.all(Topic.assignments).isEmpty)
    }

    @Test("a group that another service has is refused")
    func otherService() throws {
        let first = try answered(1)
        let second = try Ground(Broker.shared.get(), shards: 1)
        let daemon = try second.daemon(["OPINIOND_KAFKA_GROUP_ID": "\(first.prefix)opiniond"])
        #expect(try daemon.exitCode() == 78, "\(daemon.tail)")
        #expect(daemon.lines.contains { $0.contains(first.prefix + Topic.requests) })
    }
}
