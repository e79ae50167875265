import KafkaTransport
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionWire

/// Brokers that never fail: hand records in, in their order, and take what is written.
final class FuzzCluster: Transport {
    private let shards: Int
    private var letters: [TransportEvent] = []
    private let count: Int
    private let record: (Int) -> Record
    private var next = 0
    private var isFetching = false
    private let written: (Transaction) -> Void
    /// Commits that are not answered yet, each with how often it will still be asked after.
    private var underWay: [(shard: Int, left: Int)] = []
    private let patience: Int

    /// - Parameters:
    ///   - shards: How many there are.
    ///   - roster: Read whole at the start.
    ///   - count: How many records are handed in.
    ///   - record: Makes the one of a number when it is handed in.
    ///   - patience: How often it must be asked for something before a commit is answered.
    ///   - written: Takes what is committed.
    init(
        shards: Int,
        roster: [Record],
        count: Int,
        record: @escaping (Int) -> Record,
        patience: Int = 0,
        written: @escaping (Transaction) -> Void
    ) {
        self.shards = shards
        self.count = count
        self.record = record
        self.patience = patience
        self.written = written
        let places = (0..<shards).map { TopicPartition(Topic.requests, Int32($0)) }
        letters = [
            .verified(StartFacts(shards: shards, rosterPartitions: 1)),
            .roster(roster, next: [Int64(roster.count)], isWhole: true), .assigned(places),
        ]
    }

    /// Records handed in so far.
    var handed: Int64 { Int64(next) }

    var isDone: Bool { next == count && letters.isEmpty && underWay.isEmpty }

    private func age() {
        for commit in underWay where commit.left == 0 {
            letters.append(.committed(shard: commit.shard))
        }
        underWay.removeAll { $0.left == 0 }
        for index in underWay.indices { underWay[index].left -= 1 }
    }

    func next(waitMilliseconds: Int32, withRecords: Bool) -> TransportEvent? {
        if !letters.isEmpty { return letters.removeFirst() }
        age()
        guard withRecords, isFetching, next < count else { return nil }
        next += 1
        return .record(record(next - 1))
    }

    func takeOver(_ shard: Int, by policy: Policy) {
        let taken = TakenOver(newShard: Shard(number: shard, policy: policy))
        letters.append(.takenOver(taken))
    }

    /// Only when all shards are ready: with fewer, records of the others would be passed over.
    func fetch(_ positions: [(TopicPartition, Int64)]) {
        isFetching = positions.filter { $0.0.topic == Topic.requests }.count == shards
    }

    func commit(_ transaction: Transaction) -> Bool {
        written(transaction)
        underWay.append((transaction.shard, patience))
        return true
    }

    func askEnds(of partitions: [TopicPartition], at now: Moment) {
        letters.append(.ends([:], askedAt: now))
    }

    func start() {}
    func release(_ shard: Int, parked: ParkedShard?) {}
    func unassign() {}
    func inspect(_ marks: [LogMark]) {}
    func stop(_ end: TransportEnd) {}
}
