import KafkaTransport
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionWire

/// Brokers that never fail: hand records in, in their order, and take what is written.
final class FuzzCluster: Transport {
    private let shards: Int
    private let policy: Policy
    private var letters: [Happening] = []
    private var records: [Record]
    private var next = 0
    private var isFetching = false
    private let written: (Transaction) -> Void

    init(
        shards: Int,
        policy: Policy,
        roster: [Record],
        records: [Record],
        written: @escaping (Transaction) -> Void
    ) {
        self.shards = shards
        self.policy = policy
        self.records = records
        self.written = written
        let places = (0..<shards).map { TopicPartition(Topic.requests, Int32($0)) }
        letters = [
            .verified(shards: shards, rosterPartitions: 1),
            .roster(roster, next: [Int64(roster.count)], isWhole: true), .assigned(places),
        ]
    }

    /// Records handed in so far.
    var handed: Int64 { Int64(next) }

    var isDone: Bool { next == records.count && letters.isEmpty }

    func next(waitMilliseconds: Int32, withRecords: Bool) -> Happening? {
        if !letters.isEmpty { return letters.removeFirst() }
        guard withRecords, isFetching, next < records.count else { return nil }
        next += 1
        return .record(records[next - 1])
    }

    func takeOver(_ shard: Int) {
        let taken = TakenOver(
            shard: Shard(number: shard, policy: policy),
            meta: nil,
            requests: 0,
            responses: 0,
            records: 0,
            milliseconds: 0
        )
        letters.append(.takenOver(taken))
    }

    /// Only when all shards are ready: with fewer, records of the others would be passed over.
    func fetch(_ positions: [(TopicPartition, Int64)]) {
        isFetching = positions.filter { $0.0.topic == Topic.requests }.count == shards
    }

    func commit(_ transaction: Transaction) -> Bool {
        written(transaction)
        letters.append(.committed(shard: transaction.shard))
        return true
    }

    func askEnds(of partitions: [TopicPartition], at now: Moment) {
        letters.append(.ends([:], askedAt: now))
    }

    func start() {}
    func release(_ shard: Int, parked: ParkedShard?) {}
    func unassign() {}
    func stop() {}
}
