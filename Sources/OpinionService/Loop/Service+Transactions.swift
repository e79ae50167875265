internal import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

// Transactions on their way to the brokers.
extension Service {
    /// Called whenever something was written, so that nothing more is read for a shard without room.
    func noteIfFull(_ runtime: ShardRuntime) {
        if runtime.isFull, !shards.held.contains(runtime.number) { shards.isAnyFull = true }
    }

    func commit() {
        for runtime in shards.sorted {
            guard let closed = close(runtime) else { continue }
            if transport.commit(closed) {
                reporter.recovered(.membership)
            } else {
                runtime.postpone()
                reporter.trouble(
                    .membership,
                    "the group doesn't count us as a member",
                    at: clock.uptime
                )
            }
        }
    }

    private func close(_ runtime: ShardRuntime) -> Transaction? {
        guard runtime.mayClose else { return nil }
        marker.begin(.state(of: runtime.number))
        defer { marker.pause() }
        return runtime.close(mark)
    }

    /// Where we are, as meta records say it.
    var mark: SiteMark {
        SiteMark(
            shards: topics.shards,
            writer: site.instance,
            cluster: topics.cluster,
            roster: roster.next,
            rosterFingerprints: roster.fingerprints()
        )
    }

    func committed(_ shard: Int) {
        guard let runtime = shards.runtimes[shard] else { return }
        if let transaction = runtime.underWay { reporter.committed(transaction, at: clock.now) }
        runtime.committed()
    }

    func aborted(_ shard: Int, refusedBy topic: String?) {
        guard let runtime = shards.runtimes[shard] else { return }
        runtime.postpone()
        reporter.aborted()
        if topic == site.name(Topic.deadLetters) { shrinkDeadLetters(of: runtime) }
    }
}
