import KafkaTransport
import Logging
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionTesting
import OpinionWire

/// Brokers that a test leads by the hand, and a clock that moves with each thing that happens.
final class HandCluster: Transport, Clock {
    private let shards: Int
    private var letters: [TransportEvent]
    private var topics: [TopicPartition: [Record]] = [:]
    private var positions: [TopicPartition: Int64] = [:]
    /// Shards whose commits are not answered.
    var deaf: Set<Int> = [] {
        didSet {
            letters += oldValue.subtracting(deaf).sorted().map { .committed(shard: $0) }
        }
    }
    private(set) var written: [Transaction] = []
    /// By which policies shards were asked for.
    private(set) var takeovers: [Policy] = []
    private(set) var uptime = 1.0

    /// - Parameters:
    ///   - shards: How many.
    ///   - roster: What the directory's topic holds, in the order in which it is read.
    ///   - next: Where each of its partitions ends.
    init(shards: Int, roster: [Record] = [], next: [Int64] = [0]) {
        self.shards = shards
        letters = [
            .verified(StartFacts(shards: shards, rosterPartitions: next.count)),
            .roster(roster, next: next, isWhole: true),
            .assigned((0..<shards).map { TopicPartition(Topic.requests, Int32($0)) }),
        ]
    }

    static let policy = Policy(name: "test", sha256: String(repeating: "0", count: 64))

    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    func service(
        limits: TransactionLimits = TransactionLimits(),
        marker: CrashMarker = CrashMarker()
    ) -> Service {
        let site = KafkaSite(
            group: "g",
            instance: "one",
            prefix: "",
            properties: []
        )
        let output = LineOutput(
            sink: LineSink(write: { _ in }),
            format: .logfmt,
            isJournal: false
        )
        return Service(
            transport: self,
            clock: self,
            reporter: HealthReporter(
                output: output,
                systemd: Systemd(environment: [:]),
                metricsFile: "",
                intervalSeconds: 3_600,
                kafkaLog: site.log,
                log: Self.silent
            ),
            site: site,
            reader: ReaderSettings(policy: Self.policy),
            mode: .structured,
            log: Self.silent,
            marker: marker,
            limits: limits
        )
    }

    // MARK: What lies in the topics

    /// A network that lives in a shard.
    func network(of wanted: Int) -> String {
        (0...).lazy.map { "net-\($0)" }.first { shard(of: $0, among: self.shards) == wanted }
            ?? ""
    }

    func send(_ outgoing: Outgoing, to partition: Int = 0) {
        let place = TopicPartition(outgoing.topic, Int32(partition))
        let record = Record(
            topic: place.topic,
            partition: place.partition,
            offset: Int64(topics[place]?.count ?? 0),
            timestamp: now.milliseconds,
            key: outgoing.key.map { Array($0.utf8) },
            value: outgoing.value
        )
        topics[place, default: []].append(record)
    }

    /// Something else happens.
    func say(_ event: TransportEvent) { letters.append(event) }

    func received(by shard: Int) -> Int {
        written.filter { $0.shard == shard }.reduce(0) { $0 + $1.tally.received }
    }

    func isRead(_ shard: Int) -> Bool {
        positions[TopicPartition(Topic.requests, Int32(shard))] != nil
    }

    // MARK: Time

    private static let begin: Int64 = 1_795_341_600_000
    static let beginText = "2026-11-22T10:00:00Z"
    var now: Moment { Moment(milliseconds: Self.begin + Int64(uptime * 1_000)) }
    var nanoseconds: UInt64 { UInt64(uptime * 1e9) }

    // MARK: Transport

    func next(waitMilliseconds: Int32, withRecords: Bool) -> TransportEvent? {
        uptime += 0.001
        if !letters.isEmpty { return letters.removeFirst() }
        if withRecords, let record = nextRecord() { return .record(record) }
        uptime += Double(waitMilliseconds) / 1_000
        return nil
    }

    private func nextRecord() -> Record? {
        for (place, next) in positions.sorted(by: { $0.key.partition < $1.key.partition }) {
            guard let records = topics[place], next < records.count else { continue }
            positions[place] = next + 1
            return records[Int(next)]
        }
        return nil
    }

    func takeOver(_ shard: Int, by policy: Policy) {
        takeovers.append(policy)
        letters.append(
            .takenOver(
                TakenOver(newShard: Shard(number: shard, policy: policy))
            )
        )
    }

    func fetch(_ positions: [(TopicPartition, Int64)]) {
        self.positions = Dictionary(uniqueKeysWithValues: positions)
    }

    func commit(_ transaction: Transaction) -> Bool {
        written.append(transaction)
        if !deaf.contains(transaction.shard) {
            letters.append(.committed(shard: transaction.shard))
        }
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

extension Service {
    /// Turns the loop.
    func advance(turns: Int) { for _ in 0..<turns { _ = advance(isStopAsked: false) } }
}
