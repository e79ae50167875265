internal import OpinionFlow

// How the service stands, for whoever tells it.
extension Service {
    var status: ServiceStatus {
        ServiceStatus(
            stage: stage,
            shards: shards.counts,
            lag: shards.lag,
            clockFault: clockFault,
            areSettingsRefused: areSettingsRefused,
            now: time.now,
            uptime: clock.uptime,
            census: { [self] in census }
        )
    }

    private var stage: ServiceStatus.Stage {
        if ending.isDraining { return .draining }
        if !shards.takeovers.reading.isEmpty { return .restoring(.state) }
        if !shards.takeovers.waiting.isEmpty { return .restoring(.rosterBehind) }
        if topics.shards == 0 { return .starting(.topics) }
        if !roster.isWhole { return .starting(.roster) }
        return shards.isOutside ? .starting(.group) : .working
    }

    private var census: Census {
        shards.runtimes.values.reduce(into: Census()) { $0 += $1.shard.census(at: time.now) }
    }
}
