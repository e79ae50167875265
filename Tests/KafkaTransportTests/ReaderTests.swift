import Dispatch
import KafkaTransport
import OpinionWire
import Testing

@Suite("A reader is told its partitions and answers questions")
struct ReaderTests {
    private let first = TopicPartition("in", 0)
    private let second = TopicPartition("in", 1)

    @Test("the end of a partition is told once, with its offset, after the records")
    func endOfPartition() throws {
        let bench = try Bench()
        try bench.fill("in", 0, 0..<3)
        let reader = try bench.reader()
        try reader.assign([(first, 1)])
        let polled = try reader.gather { $0.contains { $0.end != nil } }
        #expect(polled.compactMap(\.record?.offset) == [1, 2])
        #expect(polled.last == .endOfPartition(first, offset: 3))
    }

    @Test("watermarks are the oldest offset and the next one")
    func watermarks() throws {
        let bench = try Bench()
        try bench.fill("in", 1, 0..<5)
        let reader = try bench.reader(.readUncommitted)
        let marks = try reader.watermarks(of: second, timeoutMilliseconds: 10_000)
        #expect(marks == (0, 5))
        #expect(try reader.watermarks(of: first, timeoutMilliseconds: 10_000) == (0, 0))
    }

    @Test("the ends of many partitions are asked for at once")
    func ends() throws {
        let bench = try Bench()
        try bench.fill("in", 1, 0..<5)
        let reader = try bench.reader()
        let ends = try reader.ends(of: [first, second], timeoutMilliseconds: 10_000)
        #expect(ends == [first: 0, second: 5])
    }

    @Test("a question comes back in time while a leader that was there is away")
    func away() throws {
        let bench = try Bench()
        try bench.fill("in", 1, 0..<5)
        let reader = try bench.reader()
        _ = try reader.watermarks(of: second, timeoutMilliseconds: 10_000)
        try bench.cluster.setDown(broker: 1)
        let error = #expect(throws: KafkaError.self) {
            try reader.watermarks(of: second, timeoutMilliseconds: 500)
        }
        #expect(error?.reaction == .retry)
        try bench.cluster.setUp(broker: 1)
        let marks = try retrying(until: .now + Bench.limit) { () throws(KafkaError) in
            try reader.watermarks(of: second, timeoutMilliseconds: 1_000)
        }
        #expect(marks == (0, 5))
    }

    @Test("a group that never committed has no offsets")
    func committedNothing() throws {
        let bench = try Bench()
        let reader = try bench.reader()
        #expect(try reader.committed([first, second], timeoutMilliseconds: 10_000) == [:])
    }

    @Test("partitions are counted, and absent topics are missing")
    func counts() throws {
        let bench = try Bench(topics: ["in", "out"], partitions: 3)
        // The mock makes topics up when it is asked for them.
        bench.cluster.setTopicError("nowhere", 3)
        let reader = try bench.reader()
        let counts = try reader.partitionCounts(
            of: ["in", "nowhere", "out"],
            timeoutMilliseconds: 10_000
        )
        #expect(counts == ["in": 3, "out": 3])
    }

    @Test("a topic we may not describe is named")
    func unauthorisedTopic() throws {
        let bench = try Bench(topics: ["in", "secret"])
        bench.cluster.setTopicError("secret", 29)
        let reader = try bench.reader()
        let error = #expect(throws: KafkaError.self) {
            try reader.partitionCounts(of: ["in", "secret"], timeoutMilliseconds: 10_000)
        }
        #expect(error?.reaction == .unauthorised)
        #expect(error?.attempted == "looking up the topic secret")
    }

    @Test("a wake ends a blocked poll at once, and one before the poll is not lost")
    func wake() throws {
        let bench = try Bench()
        let reader = try bench.reader()
        let waker = reader.waker
        let start = ContinuousClock.now
        waker.wake()
        _ = reader.poll(timeoutMilliseconds: 60_000)
        DispatchQueue.global().async { waker.wake() }
        _ = reader.poll(timeoutMilliseconds: 60_000)
        #expect(ContinuousClock.now - start < Bench.limit)
        reader.close()
        waker.wake()
    }

    @Test("statistics come when asked for")
    func statistics() throws {
        let bench = try Bench()
        var settings = try KafkaSettings.reader(group: "g", user: bench.user)
        settings.properties.append(("statistics.interval.ms", "50"))
        let reader = try PartitionReader(
            settings: settings,
            isolation: .readCommitted,
            log: bench.log
        )
        let polled = try reader.gather { !$0.isEmpty }
        guard case .statistics(let json) = polled[0] else {
            Issue.record("not statistics: \(polled)")
            return
        }
        #expect(json.first == UInt8(ascii: "{"))
    }

    @Test("an offset that is gone is a loss of data, not a reason to start anywhere else")
    func offsetOutOfRange() throws {
        let bench = try Bench()
        try bench.fill("in", 0, 0..<3)
        let reader = try bench.reader()
        try reader.assign([(first, 1_000)])
        let polled = try reader.gather { !$0.isEmpty }
        guard case .failure(let error) = polled[0] else {
            Issue.record("no failure: \(polled)")
            return
        }
        #expect(error.reaction == .dataLoss)
        #expect(error.attempted == "consuming in/0")
    }
}
