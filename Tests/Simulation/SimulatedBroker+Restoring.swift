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
        from warm: WarmShard? = nil
    ) throws(Stop)
        -> TakenOver
    {
        do throws(Stop) {
            return try taken(shard, site, from: warm)
        } catch {
            guard warm != nil else { throw error }
            return try taken(shard, site, from: nil)
        }
    }

    private func taken(
        _ shard: Int,
        _ site: KafkaSite,
        from warm: WarmShard?
    ) throws(Stop)
        -> TakenOver
    {
        var (restoration, _) = try read(shard, site, from: warm)
        let inputs = site.inputs.map { TopicPartition($0, Int32(shard)) }
        try restoration.finish(committed: committed.filter { inputs.contains($0.key) })
        return TakenOver(
            shard: restoration.shard,
            meta: restoration.meta,
            requests: restoration.meta?.requests ?? 0,
            responses: restoration.meta?.responses ?? 0,
            records: restoration.records,
            milliseconds: 0
        )
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
