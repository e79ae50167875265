internal import OpinionFlow

/// Shards on their way to us: first their state is read, then they wait for the roster.
struct Takeovers {
    /// Between two lines of how far the state of shards was read, in seconds.
    private static let quietSeconds = 10.0

    /// Shards whose state is being read, and how far it was.
    private(set) var reading: [Int: (read: Int64, of: Int64)] = [:]
    /// Shards whose state is there but whose roster isn't yet.
    private(set) var waiting: [TakenOver] = []
    /// When the log was last told how far the reading is.
    private var toldAt = -Double.infinity

    var numbers: Set<Int> { Set(reading.keys).union(waiting.map(\.shard.number)) }

    mutating func begin(_ shard: Int) { reading[shard] = (0, 0) }

    /// The state of a shard has been read so far.
    ///
    /// - Returns: The sums of all that are being read, now and then; nil: it is too early to tell.
    mutating func advance(
        _ shard: Int,
        to read: Int64,
        of goal: Int64,
        at uptime: Double
    ) -> (read: Int64, of: Int64)? {
        reading[shard] = (read, goal)
        guard uptime - toldAt >= Self.quietSeconds else { return nil }
        toldAt = uptime
        return reading.values.reduce((0, 0)) { ($0.0 + $1.read, $0.1 + $1.of) }
    }

    /// A state has been read; one that nobody waits for any more is left alone.
    mutating func finish(_ taken: TakenOver) {
        guard reading.removeValue(forKey: taken.shard.number) != nil else { return }
        waiting.append(taken)
    }

    /// Hands out those that need wait no longer, in the order in which they came.
    mutating func release(where isReady: (TakenOver) -> Bool) -> [TakenOver] {
        let ready = waiting.filter(isReady)
        if !ready.isEmpty { waiting.removeAll(where: isReady) }
        return ready
    }

    mutating func drop(_ shard: Int) {
        reading[shard] = nil
        waiting.removeAll { $0.shard.number == shard }
    }
}
