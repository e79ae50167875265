import OpinionFlow
import OpinionMatching
import OpinionTesting
import OpinionWire

/// Brokers as Kafka has them, without network or disk: topics, transactions, consumer offsets.
///
/// What it keeps to: a reader of committed records sees nothing at or behind the first open
/// transaction (the last stable offset), and nothing of an aborted one; each end of a transaction
/// takes an offset; a transactional id has an epoch, and whoever comes with an older one is fenced
/// (KIP-98, KIP-360); offsets sent with a transaction count when it commits, and only from a member
/// of the present generation (KIP-447).
final class SimulatedBroker: Topics {
    /// Somebody may raise it.
    var shards: Int
    let prefix = ""
    /// Another one has the same topics only by chance.
    var cluster = "cluster-1"
    /// Bytes that a record may have in a topic (`max.message.bytes`); no limit where none is named.
    var limits: [String: Int] = [:]
    /// Whether a start may see the limits.
    var showsLimits = true

    private var logs: [TopicPartition: Log] = [:]
    private var fates: [Fate] = []
    private var producers: [String: Producer] = [:]
    /// The group's offsets.
    private(set) var committed: [TopicPartition: Int64] = [:]
    /// Transactions that were ended, either way.
    private(set) var ended = (committed: 0, aborted: 0)

    /// A request that a client of an older epoch made.
    enum Refused: Error {
        case fenced
        /// A record is larger than its topic takes.
        case tooLarge(topic: String)
    }

    private enum Fate { case open, committed, aborted }

    private struct Entry {
        /// nil: the end of a transaction, which no reader sees.
        var record: Record?
        var transaction: Int?
        /// When it came, whatever its timestamp says.
        var writtenAt: Int64 = 0
    }

    private struct Log {
        var entries: [Entry] = []
        /// The first offset of each open transaction.
        var open: [Int: Int] = [:]
        var stableEnd: Int { open.values.min() ?? entries.count }
    }

    private struct Producer {
        var epoch = 0
        var transaction: Int?
        var places: Set<TopicPartition> = []
        var offsets: [TopicPartition: Int64] = [:]
        /// Of the open transaction, in order.
        var records: [Record] = []
    }

    /// Hears of each transaction that is committed: its records in order and its offsets.
    var onCommit: ([Record], [TopicPartition: Int64]) -> Void = { _, _ in }

    init(shards: Int) {
        self.shards = shards
    }

    // MARK: Plain producers and readers

    func partitions(of topic: String) -> Int {
        [Topic.requests, Topic.responses, Topic.state].contains(topic) ? shards : 1
    }

    func send(_ outgoing: Outgoing, at now: Int64) {
        append(
            place(of: outgoing),
            key: outgoing.key.map { Array($0.utf8) },
            outgoing.value,
            outgoing.headers,
            in: nil,
            at: now
        )
    }

    private func place(of outgoing: Outgoing) -> TopicPartition {
        let partition =
            outgoing.partition.map(Int.init)
            ?? shard(of: outgoing.key ?? "", among: partitions(of: outgoing.topic))
        return TopicPartition(outgoing.topic, Int32(partition))
    }

    /// The first record at or behind an offset that a reader of committed records sees, and the offset
    /// behind it.
    func read(_ place: TopicPartition, from offset: Int64) -> (record: Record?, next: Int64) {
        guard let log = logs[place] else { return (nil, offset) }
        var next = Int(offset)
        while next < log.stableEnd {
            let entry = log.entries[next]
            next += 1
            if let record = entry.record,
                entry.transaction.map({ fates[$0] }) ?? .committed == .committed
            {
                return (record, Int64(next))
            }
        }
        return (nil, Int64(max(next, Int(offset))))
    }

    /// The first record at or behind an offset, whatever became of it, and the offset behind it.
    func peek(_ place: TopicPartition, from offset: Int64) -> (record: Record?, next: Int64) {
        let entries = logs[place]?.entries ?? []
        let found = entries.indices.first { Int(offset) <= $0 && entries[$0].record != nil }
        return (found.flatMap { entries[$0].record }, Int64(found.map { $0 + 1 } ?? entries.count))
    }

    /// When the first record at or behind an offset came, whatever became of it; nil: there is none.
    func writtenAt(_ place: TopicPartition, from offset: Int64) -> Int64? {
        guard let entries = logs[place]?.entries, offset < entries.count else { return nil }
        return entries[Int(offset)...].first { $0.record != nil }?.writtenAt
    }

    /// Where records end that a reader of committed ones sees at most.
    func stableEnd(of place: TopicPartition) -> Int64 { Int64(logs[place]?.stableEnd ?? 0) }

    /// The offset behind the last entry, whatever became of it.
    func end(of place: TopicPartition) -> Int64 { Int64(logs[place]?.entries.count ?? 0) }

    /// Whether no transaction is open there.
    func isSettled(_ place: TopicPartition) -> Bool { logs[place]?.open.isEmpty ?? true }

    func all(_ topic: String) -> [Record] {
        (0..<partitions(of: topic)).flatMap { partition in
            let place = TopicPartition(topic, Int32(partition))
            var records: [Record] = []
            var next: Int64 = 0
            while case (let record?, let behind) = read(place, from: next) {
                records.append(record)
                next = behind
            }
            return records
        }
    }

    /// A number that is the same when the same bytes were written, whatever became of them.
    var digest: UInt64 {
        logs.sorted { ($0.key.topic, $0.key.partition) < ($1.key.topic, $1.key.partition) }
            .flatMap { $0.value.entries.compactMap(\.record) }
            .reduce(0) { StableHash.combine($0, Self.hash($1)) }
    }

    private static func hash(_ record: Record) -> UInt64 {
        let fingerprint = Fingerprint(of: record)
        let place = StableHash.combine(
            StableHash.of("\(record.topic)/\(record.partition)/\(record.offset)"),
            StableHash.combine(UInt64(bitPattern: record.timestamp), fingerprint.hash)
        )
        return record.headers.reduce(place) { hash, header in
            let value = header.value.map { "=" + String(decoding: $0, as: UTF8.self) } ?? ""
            return StableHash.combine(hash, StableHash.of(header.name + value))
        }
    }

    // MARK: What befalls topics from outside

    /// Deletes a topic's records and makes it anew, under the same name.
    func recreate(_ topic: String) {
        for place in logs.keys where place.topic == topic { logs[place] = nil }
    }

    /// Deletes what the group has committed.
    func forgetOffsets() { committed = [:] }

    /// Somebody commits under the group's name.
    func commit(_ offset: Int64, of place: TopicPartition) { committed[place] = offset }

    /// Appends records in a transaction of somebody else, who leaves it open.
    func sendOpen(_ outgoing: [Outgoing], as id: String, at now: Int64) {
        var producer = Producer()
        let transaction = open(&producer)
        for record in outgoing {
            let place = place(of: record)
            producer.places.insert(place)
            producer.records.append(
                append(
                    place,
                    key: record.key.map { Array($0.utf8) },
                    record.value,
                    record.headers,
                    in: transaction,
                    at: now
                )
            )
        }
        producers[id] = producer
    }

    /// Ends a transaction that was left open, and that nobody of ours knows of.
    func endOpen(_ id: String, commits: Bool) { try? end(id, epoch: 0, commits: commits) }

    // MARK: Transactions

    /// Takes a transactional id over: aborts what its last owner left open and shuts it out.
    func initTransactions(_ id: String) -> Int {
        var producer = producers[id] ?? Producer()
        close(&producer, .aborted)
        producer.epoch += 1
        producers[id] = producer
        return producer.epoch
    }

    /// Writes a batch in the transaction of that id, which begins with its first record.
    func write(_ batch: RecordBatch, _ id: String, epoch: Int, at now: Int64) throws(Refused) {
        var producer = try producer(id, epoch)
        let transaction = open(&producer)
        try checkSizes(of: batch)
        for entry in batch.entries {
            let topic = OutTopic.allCases[entry.topic].name
            let key = entry.key.map { Array(batch.bytes[$0]) }
            let name = String(decoding: key ?? [], as: UTF8.self)
            let partition =
                entry.partition.map(Int.init) ?? shard(of: name, among: partitions(of: topic))
            let place = TopicPartition(topic, Int32(partition))
            producer.places.insert(place)
            let record = append(
                place,
                key: key,
                entry.value.map { Array(batch.bytes[$0]) },
                entry.headers,
                in: transaction,
                at: now,
                timestamp: entry.timestamp ?? now
            )
            producer.records.append(record)
        }
        producers[id] = producer
    }

    private func checkSizes(of batch: RecordBatch) throws(Refused) {
        for entry in batch.entries {
            let topic = OutTopic.allCases[entry.topic].name
            let size = entry.headers.reduce((entry.key?.count ?? 0) + (entry.value?.count ?? 0)) {
                $0 + $1.name.utf8.count + ($1.value?.count ?? 0)
            }
            if let limit = limits[topic], limit < size { throw .tooLarge(topic: topic) }
        }
    }

    /// The limits as a start sees them.
    var knownLimits: [OutTopic: Int] {
        guard showsLimits else { return [:] }
        return OutTopic.allCases.reduce(into: [:]) { $0[$1] = limits[$1.name] }
    }

    func send(_ offsets: [(TopicPartition, Int64)], _ id: String, epoch: Int) throws(Refused) {
        var producer = try producer(id, epoch)
        _ = open(&producer)
        for (place, offset) in offsets { producer.offsets[place] = offset }
        producers[id] = producer
    }

    /// Ends the open transaction; when none is open nothing happens, as with a repeated EndTxn.
    func end(_ id: String, epoch: Int, commits: Bool) throws(Refused) {
        var producer = try producer(id, epoch)
        close(&producer, commits ? .committed : .aborted)
        producers[id] = producer
    }

    private func producer(_ id: String, _ epoch: Int) throws(Refused) -> Producer {
        guard let producer = producers[id], producer.epoch == epoch else { throw .fenced }
        return producer
    }

    private func open(_ producer: inout Producer) -> Int {
        if let transaction = producer.transaction { return transaction }
        fates.append(.open)
        producer.transaction = fates.count - 1
        return fates.count - 1
    }

    private func close(_ producer: inout Producer, _ fate: Fate) {
        guard let transaction = producer.transaction else { return }
        fates[transaction] = fate
        for place in producer.places {
            logs[place]?.entries.append(Entry(record: nil, transaction: transaction))
            logs[place]?.open[transaction] = nil
        }
        if fate == .committed {
            committed.merge(producer.offsets) { $1 }
            ended.committed += 1
            onCommit(producer.records, producer.offsets)
        } else {
            ended.aborted += 1
        }
        producer.transaction = nil
        producer.places = []
        producer.offsets = [:]
        producer.records = []
    }

    @discardableResult
    private func append(
        _ place: TopicPartition,
        key: [UInt8]?,
        _ value: [UInt8]?,
        _ headers: [Header],
        in transaction: Int?,
        at now: Int64,
        timestamp: Int64? = nil
    ) -> Record {
        var log = logs.removeValue(forKey: place) ?? Log()
        let record = Record(
            topic: place.topic,
            partition: place.partition,
            offset: Int64(log.entries.count),
            timestamp: timestamp ?? now,
            key: key,
            value: value,
            headers: headers
        )
        if let transaction, log.open[transaction] == nil {
            log.open[transaction] = log.entries.count
        }
        log.entries.append(Entry(record: record, transaction: transaction, writtenAt: now))
        logs[place] = log
        return record
    }
}
