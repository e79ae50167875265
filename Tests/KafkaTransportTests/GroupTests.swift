import KafkaTransport
import OpinionWire
import Testing

@Suite("A member of a group")
struct GroupTests {
    private let shards = [TopicPartition("in", 0), TopicPartition("in", 1)]

    @Test("fetches nothing before it is told, then exactly what is listed, with nothing stale")
    func fetchLists() throws {
        let bench = try Bench()
        try bench.fill("in", 0, 0..<1_000)
        try bench.fill("in", 1, 0..<1_000)
        let member = try bench.member("a")
        #expect(try member.join() == shards)
        #expect(member.poll(timeoutMilliseconds: 300) == nil)

        // The queue is full of prefetched records each time the list is replaced.
        try member.fetch([(shards[0], 100)])
        #expect(try offsets(member, 10) == [shards[0]: Array(100..<110)])
        try member.fetch([(shards[0], 50), (shards[1], 900)])
        let both = try offsets(member, 1_050)
        #expect(both == [shards[0]: Array(50..<1_000), shards[1]: Array(900..<1_000)])
        try member.fetch([(shards[1], 0)])
        #expect(try offsets(member, 1_000) == [shards[1]: Array(0..<1_000)])

        #expect(!member.isAssignmentLost)
        #expect(member.groupMetadata()?.isMember == true)
        member.close()
        member.close()
    }

    @Test("may be told again and again in no time, whatever is being read")
    func fetchStorm() throws {
        let count: Int32 = 24
        let bench = try Bench(partitions: count)
        for partition in 0..<count { try bench.fill("in", partition, 0..<10) }
        let member = try bench.member("a")
        let places = try member.join()
        for _ in 0..<8 {
            // Once something comes, the partitions are started, and each list stops them all.
            for size in 1...places.count { try member.fetch(places.prefix(size).map { ($0, 0) }) }
            _ = try member.gather { $0.contains { $0.record != nil } }
        }
        try member.fetch(places.map { ($0, 9) })
        #expect(try offsets(member, places.count) == .init(places.map { ($0, [9]) }) { $1 })
    }

    /// Reads this many records; the offsets of each partition in the order of arrival.
    private func offsets(_ member: GroupConsumer, _ count: Int) throws -> [TopicPartition: [Int64]]
    {
        var offsets: [TopicPartition: [Int64]] = [:]
        let deadline = ContinuousClock.now + Bench.limit
        var left = count
        while 0 < left {
            try #require(ContinuousClock.now < deadline, "\(left) of \(count) records missing")
            guard let record = member.poll(timeoutMilliseconds: 100)?.record else { continue }
            offsets[TopicPartition(record.topic, record.partition), default: []]
                .append(record.offset)
            left -= 1
        }
        return offsets
    }

    @Test("is no member before it has joined, and closes while a rebalance is unanswered")
    func unanswered() throws {
        let bench = try Bench()
        let member = try bench.member("a")
        #expect(member.groupMetadata()?.isMember == false)
        _ = try member.gather { $0.contains { $0.assignment != nil } }
        let start = ContinuousClock.now
        member.close()
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test(
        "gives a newcomer the same partition of both topics, and hands out nothing while it drains"
    )
    func twoMembers() throws {
        let bench = try Bench(topics: ["in", "back"])
        try bench.fill("in", 0, 0..<100)
        let old = try bench.member("a", of: ["in", "back"])
        #expect(Set(try old.join()).count == 4)
        try old.fetch([(shards[0], 0)])
        _ = try old.gather { $0.contains { $0.record != nil } }

        let new = try bench.member("b", of: ["in", "back"])
        let polled = try old.gather { $0.contains { $0.revocation != nil } }
        guard case .revoked(let revoked, let isLost) = polled.last else {
            Issue.record("not revoked: \(polled)")
            return
        }
        #expect(Set(revoked).count == 4)
        #expect(!isLost)
        try old.fetch([(shards[0], 0)])
        #expect(old.poll(timeoutMilliseconds: 200) == nil)
        try old.unassign()

        // Which of them comes first is decided by member ids, which the mock makes up.
        let (ours, theirs) = try share(old, new)
        #expect(Set([ours, theirs]) == [pair(0), pair(1)])
    }

    private func pair(_ partition: Int32) -> Set<TopicPartition> {
        [TopicPartition("back", partition), TopicPartition("in", partition)]
    }

    /// Answers both members' rebalances until each has its share, half of the four.
    ///
    /// On a loaded machine the coordinator may first give all to one of them.
    private func share(
        _ old: GroupConsumer,
        _ new: GroupConsumer
    ) throws -> (Set<TopicPartition>, Set<TopicPartition>) {
        var (ours, theirs): (Set<TopicPartition>, Set<TopicPartition>) = ([], [])
        let deadline = ContinuousClock.now + Bench.limit
        while ours.count != 2 || theirs.count != 2 {
            try #require(ContinuousClock.now < deadline, "not shared: \(ours) and \(theirs)")
            try answer(old, &ours)
            try answer(new, &theirs)
        }
        return (ours, theirs)
    }

    private func answer(_ member: GroupConsumer, _ shards: inout Set<TopicPartition>) throws {
        let polled = member.poll(timeoutMilliseconds: 20)
        if let assigned = polled?.assignment {
            shards = Set(assigned)
            try member.fetch([])
        }
        if polled?.revocation != nil {
            shards = []
            try member.unassign()
        }
    }

    @Test("that is fenced by its own name says so")
    func fencedInstance() throws {
        let bench = try Bench()
        let member = try bench.member("a")
        _ = try member.join()
        bench.cluster.pushErrors(apiKey: 12, [82])
        let polled = try member.gather { $0.contains { $0.failure != nil } }
        #expect(polled.compactMap(\.failure).first?.reaction == .fenced)
    }
}

extension Polled {
    fileprivate var failure: KafkaError? {
        guard case .failure(let error) = self else { return nil }
        return error
    }
}
