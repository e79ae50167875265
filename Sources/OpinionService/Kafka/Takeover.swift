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
    let watch: Deadline.Watch
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

    func run() throws(Failure) -> TakenOver {
        let begun = ContinuousClock.now
        let committed = try ask { (reader) throws(KafkaError) in
            try reader.committed(inputs, timeoutMilliseconds: Self.questionMilliseconds)
        }
        let (low, high) = try ask(.readUncommitted) { (reader) throws(KafkaError) in
            try reader.watermarks(of: state, timeoutMilliseconds: Self.questionMilliseconds)
        }
        var restoration = Restoration(of: shard, among: shards, site)
        if low < high { try read(to: high, into: &restoration) }
        do throws(Stop) {
            try restoration.finish(committed: committed)
        } catch {
            throw .stop(error)
        }
        let positions = try positions(restoration.meta)
        return TakenOver(
            shard: restoration.shard,
            meta: restoration.meta,
            requests: positions.requests,
            responses: positions.responses,
            records: restoration.records,
            milliseconds: Int(begun.duration(to: .now) / .milliseconds(1))
        )
    }

    private var state: TopicPartition { TopicPartition(site.name(Topic.state), Int32(shard)) }
    private var inputs: [TopicPartition] { site.inputs.map { TopicPartition($0, Int32(shard)) } }

    private func ask<Answer>(
        _ isolation: PartitionReader.Isolation = .readCommitted,
        _ question: (WatchedReader) throws(KafkaError) -> Answer
    ) throws(Failure) -> Answer {
        do throws(KafkaError) {
            let reader = try WatchedReader(site, isolation, watch)
            defer { reader.close() }
            return try question(reader)
        } catch {
            throw .kafka(error)
        }
    }

    // MARK: Reading

    private func read(to end: Int64, into restoration: inout Restoration) throws(Failure) {
        let reader: WatchedReader
        do throws(KafkaError) {
            reader = try WatchedReader(site, .readCommitted, watch)
            try reader.assign([(state, PartitionReader.beginning)])
        } catch {
            throw .kafka(error)
        }
        defer { reader.close() }
        var position: Int64 = 0
        while position < end {
            if isAbandoned() { throw .abandoned }
            switch reader.poll(timeoutMilliseconds: 1_000) {
            case .record(let record):
                do throws(Stop) { try restoration.take(record) } catch { throw .stop(error) }
                position = record.offset + 1
                if restoration.records % Self.progressEvery == 0 { progress(position, end) }
            case .endOfPartition(_, let offset): position = max(position, offset)
            case .failure(let error) where error.reaction != .retry: throw .kafka(error)
            case .failure, .assigned, .revoked, .statistics, nil: progress(position, end)
            }
        }
    }

    /// Where to go on: where meta says; a shard never written begins at the oldest records.
    private func positions(_ meta: Meta?) throws(Failure) -> (requests: Int64, responses: Int64) {
        if let meta { return (meta.requests, meta.responses) }
        let lows = try ask { (reader) throws(KafkaError) in
            var lows: [Int64] = []
            for input in inputs {
                lows.append(
                    try reader.watermarks(
                        of: input,
                        timeoutMilliseconds: Self.questionMilliseconds
                    ).low
                )
            }
            return lows
        }
        return (lows[0], lows[1])
    }
}
