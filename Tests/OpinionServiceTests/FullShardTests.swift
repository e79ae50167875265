import Foundation
import OpinionFlow
import OpinionService
import OpinionTesting
import OpinionWire
import Testing

/// Shards whose transactions are full.
@Suite("Full shards")
struct FullShardTests {
    private static func request(_ id: String, of network: String) -> Outgoing {
        let request = Events.Request(id: id, network: network)
        return Events.submitted(request, time: HandCluster.beginText)
    }

    @Test("a shard whose commits aren't answered doesn't hold up the others")
    func deaf() {
        let cluster = HandCluster(shards: 2)
        for shard in 0..<2 {
            let network = cluster.network(of: shard)
            for number in 0..<100 {
                cluster.send(Self.request("r\(number)", of: network), to: shard)
            }
        }
        var limits = TransactionLimits()
        limits.records = 10
        cluster.deaf = [0]
        let service = cluster.service(limits: limits)
        service.advance(turns: 200)
        #expect(cluster.received(by: 0) <= 10)
        #expect(cluster.received(by: 1) == 100)
        #expect(!cluster.isRead(0))
        cluster.deaf = []
        service.advance(turns: 200)
        #expect(cluster.isRead(0))
        #expect(cluster.received(by: 0) == 100)
    }

    @Test("what comes while a commit is under way is kept, even what has no bytes of its own")
    func meanwhile() {
        let cluster = HandCluster(shards: 1)
        let first = Self.request("r0", of: cluster.network(of: 0))
        cluster.send(first)
        cluster.deaf = [0]
        let service = cluster.service()
        service.advance(turns: 10)
        // The first writes nothing, the second a dead letter that is all headers.
        var bare = first
        bare.key = nil
        bare.value = nil
        for record in [first, bare] { cluster.send(record) }
        service.advance(turns: 10)
        cluster.deaf = []
        service.advance(turns: 10)
        let entries = cluster.written.flatMap(\.batch.entries)
        #expect(entries.count { $0.topic == OutTopic.deadLetters.rawValue } == 1)
        #expect(cluster.written.reduce(0) { $0 + $1.arrivals.count } == 3)
        #expect(cluster.received(by: 0) == 3)
    }

    @Test("a profile that serves thousands who wait is told in pieces, and nobody overtakes them")
    func pieces() {
        let cluster = HandCluster(shards: 1)
        let network = cluster.network(of: 0)
        for number in 0..<2_500 { cluster.send(Self.request("r\(number)", of: network)) }
        var limits = TransactionLimits()
        limits.bytes = 1 << 20
        let service = cluster.service(limits: limits)
        service.advance(turns: 50)
        #expect(cluster.received(by: 0) == 2_500)
        let specialist = Events.Specialist(id: "sp", network: network, units: 2_500)
        cluster.send(Events.profiled(specialist, time: HandCluster.beginText))
        cluster.send(Self.request("late", of: network))
        service.advance(turns: 50)
        let assigned = cluster.written.map(\.tally.assigned)
        #expect(assigned.filter { $0 > 0 } == [2_000, 500])
        #expect(service.shard(0)?.census(at: cluster.now).requestsWaiting == 1)
    }

    @Test("after an end while the state was written each record is written down as it is answered")
    func careful() throws {
        let directory = FileManager.default.temporaryDirectory
            .appending(path: "opiniond-careful-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        #expect(Self.stateRecords(CrashMarker(directory: directory.path())) == 1)
        CrashMarker(directory: directory.path()).begin(.state(of: 0))
        #expect(Self.stateRecords(CrashMarker(directory: directory.path())) == 2)
    }

    /// Records of state that a submission and its amendment make in one transaction.
    private static func stateRecords(_ marker: CrashMarker) -> Int {
        let cluster = HandCluster(shards: 1)
        let request = Events.Request(id: "rq", network: cluster.network(of: 0))
        cluster.send(Events.submitted(request, time: HandCluster.beginText))
        cluster.send(Events.amended(request, id: "again", time: HandCluster.beginText))
        let service = cluster.service(marker: marker)
        service.advance(turns: 10)
        let entries = cluster.written.flatMap(\.batch.entries)
        // One is the shard's meta record.
        return entries.count { $0.topic == OutTopic.state.rawValue } - cluster.written.count
    }
}
