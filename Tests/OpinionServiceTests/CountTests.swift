import OpinionFlow
import OpinionService
import OpinionTesting
import OpinionWire
import Testing

@Suite("What is counted")
struct CountTests {
    private static func request(_ id: String) -> Events.Request {
        Events.Request(id: id, network: "net-a")
    }

    private func tally(_ records: [Outgoing]) -> Tally {
        let cluster = HandCluster(shards: 1)
        for record in records { cluster.send(record) }
        cluster.service().advance(turns: 20)
        return cluster.written.reduce(into: Tally()) { $0 += $1.tally }
    }

    @Test("an event that says again what is known is a duplicate")
    func duplicates() {
        let event = Events.submitted(Self.request("rq-1"), time: HandCluster.beginText)
        #expect(tally([event, event, event]).duplicates == 2)
    }

    @Test("an amendment older than the one in force is superseded")
    func superseded() {
        var older = Self.request("rq-1")
        older.priority = "stat"
        let tally = tally([
            Events.submitted(Self.request("rq-1"), time: HandCluster.beginText),
            Events.amended(older, id: "late", time: "2026-11-22T09:00:00Z"),
        ])
        #expect(tally.superseded == 1)
    }

    @Test("an event older than what is remembered is stale, and a dead letter")
    func stale() {
        let tally = tally([
            Events.submitted(Self.request("rq-1"), time: "2026-01-01T00:00:00Z")
        ])
        #expect(tally.stale == 1)
        #expect(tally.dead.sorted.map(\.reason) == [.stale])
        #expect(tally.dead.sorted.map(\.entry.newest) == ["opinion.requests/0/0"])
    }

    @Test("an event from the future counts, and is taken in", arguments: [(50, 0), (70, 1)])
    func future(seconds: Int, count: Int) {
        let time = "2026-11-22T10:0\(seconds / 60):\(seconds % 60 == 10 ? "10" : "50")Z"
        let tally = tally([Events.submitted(Self.request("rq-1"), time: time)])
        #expect(tally.future == count)
        #expect(tally.deadLetters == 0)
    }
}
