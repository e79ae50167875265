import KafkaTransport
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionTesting
import OpinionWire

extension SimulatedBroker {
    /// Reads a shard back as the real transport does: offsets, then the end, then the state up to there.
    ///
    /// From what there is, if that agrees; the whole state otherwise.
    func restored(
        _ shard: Int,
        _ site: KafkaSite,
        by policy: Policy,
        from warm: WarmShard? = nil
    ) throws(Stop)
        -> TakenOver
    {
        do throws(Stop) {
            return try taken(shard, site, by: policy, from: warm)
        } catch {
            guard warm != nil else { throw error }
            return try taken(shard, site, by: policy, from: nil)
        }
    }

    private func taken(
        _ shard: Int,
        _ site: KafkaSite,
        by policy: Policy,
        from warm: WarmShard?
    ) throws(Stop)
        -> TakenOver
    {
        var (restoration, _) = try read(shard, site, from: warm)
        let inputs = site.inputs.map { TopicPartition($0, Int32(shard)) }
        try restoration.finish(
            by: policy,
            committed: committed.filter { inputs.contains($0.key) }
        )
        guard let meta = restoration.meta else { return TakenOver(newShard: restoration.shard) }
        let verdicts = LogVerdicts(
            findings(meta.marks(site)),
            written: meta.cluster,
            asked: cluster
        )
        if let stop = verdicts.stop(accepting: site.acceptedLogs) { throw stop }
        return TakenOver(restoration, meta, verdicts)
    }

    /// Everything that a start looks at before anything is decided, as the real transport asks for it.
    func facts(_ site: KafkaSite) throws(Stop) -> StartFacts {
        var survey = StateSurvey()
        let states = StateReader()
        for record in all(Topic.state) { try survey.take(record, states) }
        survey.unsigned.subtract(survey.metas.keys)
        let counts: TopicCheck.Counts
        switch TopicCheck.judge(partitionCounts, site, stateShards: survey.shards) {
        case .failure(let stop): throw stop
        case .success(let found): counts = found
        }
        if let stop = survey.stop(counts, committed: committed, site) { throw stop }
        for verdicts in survey.verdicts(findings(survey.marks(site)), cluster, site) {
            if let stop = verdicts.stop(accepting: site.acceptedLogs) { throw stop }
        }
        return StartFacts(
            shards: counts.shards,
            rosterPartitions: counts.rosterPartitions,
            cluster: cluster,
            bytesMax: knownLimits
        )
    }

    private var partitionCounts: [String: Int] {
        let topics = OutTopic.allCases.map(\.name) + [Topic.specialists]
        return Dictionary(uniqueKeysWithValues: topics.map { ($0, partitions(of: $0)) })
    }

    /// What lies where the marks point to.
    func findings(_ marks: [LogMark]) -> [LogFinding] {
        marks.map { mark in
            var finding = LogFinding(mark, low: 0, high: end(of: mark.place), nil)
            guard finding.holdsRecord else { return finding }
            var next = finding.begin
            while case (let record?, let behind) = peek(mark.place, from: next) {
                next = behind
                if finding.take(record) { break }
            }
            return finding
        }
    }

    /// What there is of a shard with what was committed since.
    func readAlong(_ shard: Int, _ site: KafkaSite, from warm: WarmShard?) -> WarmShard? {
        guard let (restoration, next) = try? read(shard, site, from: warm) else { return nil }
        return restoration.warm(upTo: next)
    }

    private func read(
        _ shard: Int,
        _ site: KafkaSite,
        from warm: WarmShard?
    ) throws(Stop)
        -> (Restoration, Int64)
    {
        var restoration = Restoration(of: shard, among: shards, site, from: warm)
        let place = TopicPartition(Topic.state, Int32(shard))
        var next = warm?.position ?? 0
        while case (let record?, let behind) = read(place, from: next) {
            try restoration.take(record)
            next = behind
        }
        return (restoration, next)
    }
}
