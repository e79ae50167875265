import OpinionFlow
import OpinionService
import OpinionTesting
import OpinionWire
import Testing

/// Versions of one profile in different partitions, which are read in any order.
@Suite("Order of profiles")
struct RosterOrderTests {
    enum Last: CaseIterable { case profile, inactive, tombstone, unreadable }

    private static let network = HandCluster(shards: 1).network(of: 0)

    private static func profile(_ last: Last) -> Outgoing {
        var specialist = Events.Specialist(id: "sp", network: network, units: 5)
        specialist.isActive = last != .inactive
        var record = Events.profiled(specialist, time: HandCluster.beginText)
        if last == .tombstone { record.value = nil }
        if last == .unreadable { record.value = Array("{".utf8) }
        return record
    }

    private static func record(_ last: Last, partition: Int32, timestamp: Int64) -> Record {
        let outgoing = profile(last)
        return Record(
            topic: Topic.specialists,
            partition: partition,
            offset: 0,
            timestamp: timestamp,
            key: Array("sp".utf8),
            value: outgoing.value
        )
    }

    private func assigned(_ roster: [Record]) -> Int {
        let cluster = HandCluster(shards: 1, roster: roster, next: [1, 1])
        let request = Events.Request(id: "r", network: Self.network)
        cluster.send(Events.submitted(request, time: HandCluster.beginText))
        cluster.service().advance(turns: 20)
        return cluster.written.reduce(0) { $0 + $1.tally.assigned }
    }

    @Test("the later one counts, whichever is read first", arguments: Last.allCases)
    func later(last: Last) {
        let wanted = last == .profile ? 1 : 0
        for partitions: (Int32, Int32) in [(0, 1), (1, 0)] {
            let first: Last = last == .profile ? .inactive : .profile
            let old = Self.record(first, partition: partitions.0, timestamp: 1_000)
            let new = Self.record(last, partition: partitions.1, timestamp: 2_000)
            #expect(assigned([old, new]) == wanted)
            #expect(assigned([new, old]) == wanted)
        }
    }

    @Test("of two of the same moment one counts, and always the same")
    func sameMoment() {
        let one = Self.record(.profile, partition: 0, timestamp: 1_000)
        let other = Self.record(.inactive, partition: 1, timestamp: 1_000)
        #expect(assigned([one, other]) == 0)
        #expect(assigned([other, one]) == 0)
    }

    @Test("within a partition the order is that of the offsets, whatever the timestamps say")
    func offsets() {
        let old = Self.record(.profile, partition: 0, timestamp: 2_000)
        var new = Self.record(.inactive, partition: 0, timestamp: 1_000)
        new.offset = 1
        #expect(assigned([old, new]) == 0)
    }

    @Test("an unreadable one is dead-lettered, overtaken or not")
    func overtaken() {
        let good = Self.record(.profile, partition: 1, timestamp: 2_000)
        let bad = Self.record(.unreadable, partition: 0, timestamp: 1_000)
        for roster in [[good, bad], [bad, good]] {
            let cluster = HandCluster(shards: 1, roster: roster, next: [1, 1])
            cluster.service().advance(turns: 20)
            #expect(cluster.written.reduce(0) { $0 + $1.tally.deadLetters } == 1)
        }
    }
}
