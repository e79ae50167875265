import KafkaTransport
package import OpinionFlow
package import OpinionMatching
package import OpinionService
package import OpinionWire

/// Brokers in memory that never fail: hand records in, in their order, and take what is written.
package final class MemoryCluster: Transport {
    private let shards: Int
    private var letters: [TransportEvent] = []
    private var count: Int
    private var record: (Int) -> Record
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
    package init(
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

    /// Hands other records in from now on: once all of those before are.
    package func publish(_ records: [Record]) {
        next = 0
        count = records.count
        record = { records[$0] }
    }

    /// Records handed in so far.
    var handed: Int64 { Int64(next) }

    /// Whether all records were handed in and all commits answered.
    package var isDone: Bool { next == count && letters.isEmpty && underWay.isEmpty }

    private func age() {
        for commit in underWay where commit.left == 0 {
            letters.append(.committed(shard: commit.shard))
        }
        underWay.removeAll { $0.left == 0 }
        for index in underWay.indices { underWay[index].left -= 1 }
    }

    package func next(waitMilliseconds: Int32, withRecords: Bool) -> TransportEvent? {
        if !letters.isEmpty { return letters.removeFirst() }
        age()
        guard withRecords, isFetching, next < count else { return nil }
        next += 1
        return .record(record(next - 1))
    }

    package func takeOver(_ shard: Int, by policy: Policy) {
        let taken = TakenOver(newShard: Shard(number: shard, policy: policy))
        letters.append(.takenOver(taken))
    }

    /// Only when all shards are ready: with fewer, records of the others would be passed over.
    package func fetch(_ positions: [(TopicPartition, Int64)]) {
        isFetching = positions.filter { $0.0.topic == Topic.requests }.count == shards
    }

    package func commit(_ transaction: Transaction) -> Bool {
        written(transaction)
        underWay.append((transaction.shard, patience))
        return true
    }

    package func askEnds(of partitions: [TopicPartition], at now: Moment) {
        letters.append(.ends([:], askedAt: now))
    }

    package func start() {}
    package func release(_ shard: Int, parked: ParkedShard?) {}
    package func unassign() {}
    package func inspect(_ marks: [LogMark]) {}
    package func stop(_ end: TransportEnd) {}
}
