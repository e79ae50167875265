internal import OpinionFlow

/// The shards of this process, from when the group gives them to us until it takes them back.
struct ShardTable {
    /// Those that are ready, at work.
    var runtimes: [Int: ShardRuntime] = [:]
    /// Those whose state is being read, or that wait for the roster.
    var takeovers = Takeovers()
    /// Those that somebody else has taken over.
    var fences: LostShards
    /// Those that have been full for a while: they are not read.
    var held: Set<Int> = []
    /// Whether a shard that is read has no room for another record.
    var isAnyFull = false
    var membership = Membership.outside
    /// Shards of others that are ready to be taken over.
    var standby = 0
    let limits: TransactionLimits

    init(limits: TransactionLimits, sessionSeconds: Double) {
        self.limits = limits
        fences = LostShards(sessionSeconds: sessionSeconds)
    }

    /// Our place in the group.
    enum Membership {
        /// The group has not shared the shards out yet, or has taken them back.
        case outside
        case inside
        /// The group wants everything back; what is under way is committed first.
        case revoking(since: Double)
    }

    var isOutside: Bool { if case .outside = membership { true } else { false } }
    var isRevoking: Bool { if case .revoking = membership { true } else { false } }

    /// Those at work, in their order: the same run gives the same order.
    var sorted: [ShardRuntime] { runtimes.values.sorted { $0.number < $1.number } }

    /// Those at work here or on their way: being read, or read and waiting for the roster.
    var ours: Set<Int> { Set(runtimes.keys).union(takeovers.numbers) }

    /// Records that lie unread in their inputs.
    var lag: Int64 { runtimes.values.reduce(0) { $0 + $1.inputs.lag } }

    var counts: ServiceStatus.ShardCounts {
        ServiceStatus.ShardCounts(
            owned: runtimes.count,
            restoring: takeovers.reading.count + takeovers.waiting.count,
            standby: standby
        )
    }

    /// Looks again whether a shard that is read is full.
    mutating func lookForFull() {
        isAnyFull = runtimes.values.contains { $0.isFull && !held.contains($0.number) }
    }

    /// Forgets a shard, wherever it stands.
    mutating func drop(_ shard: Int) {
        runtimes[shard] = nil
        takeovers.drop(shard)
    }
}
