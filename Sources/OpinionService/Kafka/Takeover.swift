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
    let progress: (_ read: Int64, _ end: Int64) -> Void

    /// How long a question to the brokers may take.
    static let questionMilliseconds: Int32 = 10_000
    /// Records between two words of progress.
    static let progressEvery = 10_000

    enum Failure: Error {
        case kafka(KafkaError)
        case stop(Stop)
    }

    func run() throws(Failure) -> TakenOver {
        let begun = ContinuousClock.now
        let committed = try ask { (reader) throws(KafkaError) in
            try reader.committed(inputs, timeoutMilliseconds: Self.questionMilliseconds)
        }
        let (low, high) = try ask(.readUncommitted) { (reader) throws(KafkaError) in
            try reader.watermarks(of: state, timeoutMilliseconds: Self.questionMilliseconds)
        }
        var restored = Restored(shard: Shard(number: shard, policy: site.policy))
        if low < high { try read(to: high, into: &restored) }
        try check(restored, committed)
        restored.shard.settle(decidedAt: restored.meta?.decidedAt ?? .distantPast)
        let positions = try positions(restored.meta)
        return TakenOver(
            shard: restored.shard,
            meta: restored.meta,
            requests: positions.requests,
            responses: positions.responses,
            records: restored.records,
            milliseconds: Int(begun.duration(to: .now) / .milliseconds(1))
        )
    }

    private struct Restored {
        var shard: Shard
        var meta: Meta?
        var records = 0
    }

    private var state: TopicPartition { TopicPartition(site.name(Topic.state), Int32(shard)) }
    private var inputs: [TopicPartition] { site.inputs.map { TopicPartition($0, Int32(shard)) } }

    private func ask<Answer>(
        _ isolation: PartitionReader.Isolation = .readCommitted,
        _ question: (PartitionReader) throws(KafkaError) -> Answer
    ) throws(Failure) -> Answer {
        do throws(KafkaError) {
            let reader = try site.reader(isolation)
            defer { reader.close() }
            return try question(reader)
        } catch {
            throw .kafka(error)
        }
    }

    // MARK: Reading

    private func read(to end: Int64, into restored: inout Restored) throws(Failure) {
        let reader: PartitionReader
        do throws(KafkaError) {
            reader = try site.reader(.readCommitted)
            try reader.assign([(state, PartitionReader.beginning)])
        } catch {
            throw .kafka(error)
        }
        defer { reader.close() }
        let states = StateReader()
        var position: Int64 = 0
        while position < end {
            switch reader.poll(timeoutMilliseconds: 1_000) {
            case .record(let record):
                try take(record, states, into: &restored)
                position = record.offset + 1
                if restored.records % Self.progressEvery == 0 { progress(position, end) }
            case .endOfPartition(_, let offset): position = max(position, offset)
            case .failure(let error) where error.reaction != .retry: throw .kafka(error)
            case .failure, .assigned, .revoked, .statistics, nil: progress(position, end)
            }
        }
    }

    private func take(
        _ record: Record,
        _ states: StateReader,
        into restored: inout Restored
    ) throws(Failure) {
        restored.records += 1
        do throws(StateError) {
            switch try states.read(record) {
            case .request(let request): restored.shard.restore(request)
            case .erased(let key): restored.shard.restoreErased(key)
            case .meta(let meta): restored.meta = meta
            }
        } catch {
            throw .stop(Stop(.stateMismatch, error.explanation(record, site)))
        }
    }

    // MARK: Checking

    private func check(
        _ restored: Restored,
        _ committed: [TopicPartition: Int64]
    ) throws(Failure) {
        guard let meta = restored.meta else {
            guard committed.isEmpty, restored.records == 0 else {
                throw refusal("has no meta record, though the group has committed offsets")
            }
            return
        }
        guard meta.shards == shards else {
            throw .stop(
                Stop(
                    .badSettings,
                    "\(state.topic) was first written with \(meta.shards) partitions and now has "
                        + "\(shards); networks would change their shards. Restore the number."
                )
            )
        }
        guard meta.digest == restored.shard.digest else {
            throw refusal("does not match its digest: records are missing or were altered")
        }
        for (input, applied) in zip(inputs, [meta.requests, meta.responses]) {
            if let offset = committed[input], applied < offset {
                throw refusal("ends at \(applied) of \(input.topic), committed is \(offset)")
            }
        }
    }

    private func refusal(_ what: String) -> Failure {
        .stop(
            Stop(
                .stateMismatch,
                "\(state.topic)/\(shard) \(what). Bring the topic back from a replica or backup, "
                    + "or, to begin anew, delete the group's offsets and empty the topic."
            )
        )
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

extension StateError {
    fileprivate func explanation(_ record: Record, _ site: KafkaSite) -> String {
        let place = "\(record.topic)/\(record.partition)/\(record.offset)"
        return switch self {
        case .unreadable(let what): "the state at \(place) can't be read: \(what)"
        case .newerFormat(let format):
            "the state at \(place) has format \(format), this program reads up to \(Meta.format): "
                + "start the newer version again"
        }
    }
}
