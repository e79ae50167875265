internal import Foundation
internal import KafkaTransport
internal import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

/// Reads a shard's state back after its transactional id has been taken over.
///
/// The order matters: committed offsets first, then the end of the state, then the state up to there.
/// The end is the uncommitted high watermark (KAFKA-10167); since the predecessor's transaction was
/// aborted by `init_transactions`, a read-committed reader gets there.
struct Takeover {
    let site: KafkaSite
    let shard: Int
    let shards: Int
    /// The policy in force when the shard was asked for.
    let policy: Policy
    /// What there is of it already.
    let warm: WarmShard?
    let readers: ReaderPair
    /// Whether the shard has been given up meanwhile.
    let isAbandoned: () -> Bool
    let progress: (_ read: Int64, _ end: Int64) -> Void

    /// How long a question to the brokers may take.
    static let questionMilliseconds: Int32 = 10_000
    /// Records between two words of progress.
    static let progressEvery = 10_000

    enum Failure: Error {
        case kafka(KafkaError)
        case stop(Stop)
        case abandoned
    }

    /// - Returns: The shard, and the next offset of its state.
    func run() throws(Failure) -> (taken: TakenOver, stateEnd: Int64) {
        let begun = ContinuousClock.now
        let committed = try ask { (reader) throws(KafkaError) in
            try reader.committed(inputs, timeoutMilliseconds: Self.questionMilliseconds)
        }
        let (low, high) = try ask(.readUncommitted) { (reader) throws(KafkaError) in
            try reader.watermarks(of: state, timeoutMilliseconds: Self.questionMilliseconds)
        }
        let resumed = try resumed(committed, low, high)
        let restoration = if let resumed { resumed } else { try restored(committed, low, high) }
        var taken = try taken(restoration)
        taken.milliseconds = Int(begun.duration(to: .now) / .milliseconds(1))
        taken.isResumed = resumed != nil
        return (taken, high)
    }

    /// The shard and where it goes on: where meta says, if the logs there are those that were read; a shard that
    /// was never written begins at the oldest records.
    private func taken(_ restoration: Restoration) throws(Failure) -> TakenOver {
        guard let meta = restoration.meta else {
            let lows = try lows()
            return TakenOver(
                newShard: restoration.shard,
                requests: lows[0],
                responses: lows[1]
            )
        }
        let verdicts = try verdicts(meta)
        if let stop = verdicts.stop(accepting: site.acceptedLogs) { throw .stop(stop) }
        return TakenOver(restoration, meta, verdicts)
    }

    /// What lies where meta says that the shard was.
    ///
    /// Looked at again before it is refused: a leader that has just changed may not know its log's end yet.
    private func verdicts(_ meta: Meta) throws(Failure) -> LogVerdicts {
        for _ in 1..<Self.readingsMax {
            let verdicts = try look(meta)
            if verdicts.strangers.isEmpty { return verdicts }
        }
        return try look(meta)
    }

    private func look(_ meta: Meta) throws(Failure) -> LogVerdicts {
        try ask(.readUncommitted) { (reader) throws(KafkaError) in
            LogVerdicts(
                try LogInspection(reader: reader, isAbandoned: isAbandoned).run(meta.marks(site)),
                written: meta.cluster,
                asked: reader.clusterID(timeoutMilliseconds: Self.questionMilliseconds)
            )
        }
    }

    /// Readings of a state that doesn't agree with itself before it is believed.
    static let readingsMax = 3

    /// The whole state, from its beginning.
    ///
    /// Read once more when it doesn't agree: a reading that was interrupted may have missed something, and
    /// refusing a state is a matter for people.
    private func restored(
        _ committed: [TopicPartition: Int64],
        _ low: Int64,
        _ high: Int64
    ) throws(Failure) -> Restoration {
        for _ in 1..<Self.readingsMax {
            do throws(Failure) {
                return try whole(committed, low, high)
            } catch {
                guard case .stop(let stop) = error, stop.code == .stateMismatch else { throw error }
            }
        }
        return try whole(committed, low, high)
    }

    private func whole(
        _ committed: [TopicPartition: Int64],
        _ low: Int64,
        _ high: Int64
    ) throws(Failure) -> Restoration {
        var restoration = Restoration(of: shard, among: shards, site)
        if low < high { try read(from: low, to: high, into: &restoration) }
        do throws(Stop) {
            try restoration.finish(by: policy, committed: committed)
        } catch {
            throw .stop(error)
        }
        return restoration
    }

    // MARK: Going on from what there is

    /// What there is with its tail; nil when there is nothing, or any doubt about it.
    private func resumed(
        _ committed: [TopicPartition: Int64],
        _ low: Int64,
        _ high: Int64
    ) throws(Failure) -> Restoration? {
        guard let warm, low <= warm.position, warm.position <= high else { return nil }
        var restoration = Restoration(of: shard, among: shards, site, from: warm)
        if warm.position < high, !warm.isEnd(high) {
            try read(from: warm.position, to: high, into: &restoration)
        }
        guard try isLatest(restoration.meta, high) else { return nil }
        do throws(Stop) {
            try restoration.finish(by: policy, committed: committed)
        } catch {
            return nil
        }
        return restoration
    }

    /// Whether the last meta record there is, committed or not, is no later than that one.
    ///
    /// It lies right before the end of its transaction. An aborted one that looks later only costs a
    /// reading of the whole state.
    private func isLatest(_ meta: Meta?, _ high: Int64) throws(Failure) -> Bool {
        guard let meta else { return false }
        let states = StateReader()
        var last: Meta?
        try records(.readUncommitted, from: max(0, high - 2), to: high) { record in
            if case .meta(let found)? = try? states.read(record) { last = found }
        }
        return last?.sequence == meta.sequence
    }

    private var state: TopicPartition { TopicPartition(site.name(Topic.state), Int32(shard)) }
    private var inputs: [TopicPartition] { site.inputs.map { TopicPartition($0, Int32(shard)) } }

    private func ask<Answer>(
        _ isolation: PartitionReader.Isolation = .readCommitted,
        _ question: (WatchedReader) throws(KafkaError) -> Answer
    ) throws(Failure) -> Answer {
        do throws(KafkaError) {
            return try question(try readers.reader(isolation))
        } catch {
            throw .kafka(error)
        }
    }

    // MARK: Reading

    private func read(
        from position: Int64,
        to end: Int64,
        into restoration: inout Restoration
    ) throws(Failure) {
        var stop: Stop?
        try records(.readCommitted, from: position, to: end) { record in
            guard stop == nil else { return }
            do throws(Stop) { try restoration.take(record) } catch { stop = error }
        }
        if let stop { throw .stop(stop) }
    }

    /// Hands out the records of the state from one offset to another.
    private func records(
        _ isolation: PartitionReader.Isolation,
        from begin: Int64,
        to end: Int64,
        _ take: (Record) -> Void
    ) throws(Failure) {
        let reader: WatchedReader
        do throws(KafkaError) {
            reader = try readers.reader(isolation)
            try reader.assign([(state, begin)])
        } catch {
            throw .kafka(error)
        }
        var position = max(0, begin)
        var count = 0
        while position < end {
            if isAbandoned() { throw .abandoned }
            switch reader.poll(timeoutMilliseconds: 1_000) {
            case .record(let record):
                take(record)
                position = record.offset + 1
                count += 1
                if count % Self.progressEvery == 0 { progress(position, end) }
            case .endOfPartition(_, let offset): position = max(position, offset)
            case .failure(let error) where error.reaction != .retry: throw .kafka(error)
            case .failure, .assigned, .revoked, .statistics, nil: progress(position, end)
            }
        }
    }

    /// Where the inputs begin.
    private func lows() throws(Failure) -> [Int64] {
        try ask { (reader) throws(KafkaError) in
            let marks = try reader.watermarks(
                of: inputs,
                timeoutMilliseconds: Self.questionMilliseconds
            )
            return inputs.map { marks[$0]?.low ?? 0 }
        }
    }
}
