import KafkaTransport
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionWire

/// Brokers in memory that never fail: they hand records in, and acknowledge each transaction at once.
///
/// One shard, so that nothing is forwarded.
final class GaugeCluster: Transport {
    private var events: [TransportEvent]
    private var records: [Record] = []
    private var handed = 0
    private var isFetching = false
    private var tally = Tally()
    private var bytes = 0
    private var transactions = 0

    init(roster: [Record]) {
        let facts = StartFacts(shards: 1, rosterPartitions: 1)
        events = [
            .verified(facts),
            .roster(roster, next: [Int64(roster.count)], isWhole: true),
            .assigned([TopicPartition(Topic.requests, 0)]),
        ]
    }

    /// Puts records where the service will find them.
    func publish(_ records: [Record]) {
        self.records = records
        handed = 0
    }

    /// Whether everything was handed in, and each commit heard of.
    var isDone: Bool { handed == records.count && events.isEmpty }

    // MARK: What came of it

    func forgetTally() { (tally, bytes, transactions) = (Tally(), 0, 0) }

    /// So that a count can be seen to be of the work that it is named after.
    func summary(of count: Int) -> String {
        let read = records.reduce(0) { $0 + ($1.value?.count ?? 0) } / max(count, 1)
        return "records \(tally.received), assigned \(tally.assigned), reports \(tally.reports), "
            + "dead letters \(tally.deadLetters), transactions \(transactions), "
            + "bytes in \(read), bytes out \(bytes / max(count, 1))"
    }

    // MARK: Transport

    func next(waitMilliseconds: Int32, withRecords: Bool) -> TransportEvent? {
        if !events.isEmpty { return events.removeFirst() }
        guard withRecords, isFetching, handed < records.count else { return nil }
        handed += 1
        return .record(records[handed - 1])
    }

    func takeOver(_ shard: Int, by policy: Policy) {
        events.append(.takenOver(TakenOver(newShard: Shard(number: shard, policy: policy))))
    }

    func fetch(_ positions: [(TopicPartition, Int64)]) { isFetching = !positions.isEmpty }

    func commit(_ transaction: Transaction) -> Bool {
        events.append(.committed(shard: transaction.shard))
        tally += transaction.tally
        bytes += transaction.batch.bytes.count
        transactions += 1
        return true
    }

    func askEnds(of partitions: [TopicPartition], at now: Moment) {
        events.append(.ends([:], askedAt: now))
    }

    func start() {}
    func release(_ shard: Int, parked: ParkedShard?) {}
    func unassign() {}
    func inspect(_ marks: [LogMark]) {}
    func stop(_ end: TransportEnd) {}
}
