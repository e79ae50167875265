package import OpinionWire

/// The last meta record of each partition of the state, and whether a start may build on them.
///
/// Looked at before anything is decided, of all shards and not only of those that the group gives us: what one
/// of them refuses, none may begin.
package struct StateSurvey: Sendable {
    /// By the partition in which they lie; a partition without one was never written.
    package var metas: [Int: Meta]
    /// Partitions with records and without a meta record.
    package var unsigned: Set<Int>

    package init(metas: [Int: Meta] = [:], unsigned: Set<Int> = []) {
        self.metas = metas
        self.unsigned = unsigned
    }

    /// How many shards there were when the state was first written; nil: it wasn't yet.
    package var shards: Int? { sorted.first?.meta.shards }

    private var sorted: [(partition: Int, meta: Meta)] {
        metas.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Everything that was read, of all shards: each partition once, as far as any shard has read it.
    package func marks(_ site: KafkaSite) -> [LogMark] {
        var marks: [TopicPartition: LogMark] = [:]
        for mark in sorted.flatMap({ $0.meta.marks(site) })
        where marks[mark.place].map({ $0.position < mark.position }) ?? true {
            marks[mark.place] = mark
        }
        return marks.values.sorted {
            ($0.place.topic, $0.place.partition) < ($1.place.topic, $1.place.partition)
        }
    }

    /// What was found, as it concerns each shard: its own inputs and the roster.
    package func verdicts(
        _ findings: [LogFinding],
        _ cluster: String?,
        _ site: KafkaSite
    ) -> [LogVerdicts] {
        sorted.map { shard, meta in
            LogVerdicts(
                findings.filter { finding in
                    let place = finding.mark.place
                    return !site.inputs.contains(place.topic) || Int(place.partition) == shard
                },
                written: meta.cluster,
                asked: cluster
            )
        }
    }

    /// Why nobody may start with this state; nil: nothing speaks against it.
    ///
    /// - Parameters:
    ///   - counts: Shards and roster partitions that there are now.
    ///   - committed: The group's offsets, where it has any.
    ///   - site: Where the topics are.
    /// - Returns: What is wrong and the way out.
    package func stop(
        _ counts: TopicCheck.Counts,
        committed: [TopicPartition: Int64],
        _ site: KafkaSite
    ) -> Stop? {
        if let stop = countStop(counts, site) { return stop }
        for (partition, meta) in sorted where meta.shard != partition {
            return Restoration.refusal(
                TopicPartition(site.name(Topic.state), Int32(partition)),
                "holds the state of shard \(meta.shard)"
            )
        }
        for shard in 0..<counts.shards {
            let check = OffsetCheck(shard, site, committed)
            if let stop = check.stop(metas[shard], hasRecords: unsigned.contains(shard)) {
                return stop
            }
        }
        return nil
    }

    private func countStop(_ counts: TopicCheck.Counts, _ site: KafkaSite) -> Stop? {
        for (_, meta) in sorted where meta.shards != counts.shards {
            return TopicCheck.changed(from: meta.shards, to: counts.shards, site)
        }
        let partitions = sorted.map(\.meta.roster.count).max() ?? 0
        guard counts.rosterPartitions < partitions else { return nil }
        let topic = site.name(Topic.specialists)
        return Stop(
            .badSettings,
            "\(topic) had \(partitions) partitions when the state was written and now has "
                + "\(counts.rosterPartitions): it was made anew. Add the partitions again "
                + "(kafka-topics.sh --alter --partitions \(partitions)) and publish all profiles."
        )
    }
}

/// Whether a shard's meta record and the group's offsets agree.
struct OffsetCheck {
    private let state: TopicPartition
    private let inputs: [TopicPartition]
    private let committed: [TopicPartition: Int64]

    init(_ shard: Int, _ site: KafkaSite, _ committed: [TopicPartition: Int64]) {
        state = TopicPartition(site.name(Topic.state), Int32(shard))
        inputs = site.inputs.map { TopicPartition($0, Int32(shard)) }
        self.committed = committed
    }

    /// Why the shard can't go on; nil: it can.
    func stop(_ meta: Meta?, hasRecords: Bool) -> Stop? {
        guard let meta else {
            let isNew = !hasRecords && inputs.allSatisfy { committed[$0] == nil }
            return isNew
                ? nil
                : Restoration.refusal(
                    state,
                    "has no meta record, though the group has committed offsets or there is other state"
                )
        }
        for (input, applied) in zip(inputs, [meta.requests, meta.responses]) {
            guard let offset = committed[input], applied < offset else { continue }
            return Restoration.refusal(
                state,
                "ends at \(applied) of \(input.topic), committed is \(offset)",
                "Where another consumer has used the group's name, deleting the group's offsets is enough. "
            )
        }
        return nil
    }
}
