/// Shards that somebody else has taken over, though the group gave them to us.
struct LostShards {
    /// Sessions after which a shard that the group has left to us is taken again.
    private static let retakingSessions = 2.0
    /// Sessions after which whoever fenced a shard counts as gone.
    private static let forgettingSessions = 5.0

    /// Those that have not been taken again, and since when.
    private var open: [Int: Double] = [:]
    /// When shards were fenced last, however often they have been taken again since.
    private var latest: [Int: Double] = [:]
    private let sessionSeconds: Double

    init(sessionSeconds: Double) { self.sessionSeconds = sessionSeconds }

    var shards: Dictionary<Int, Double>.Keys { latest.keys }

    mutating func fence(_ shard: Int, at uptime: Double) {
        open[shard] = uptime
        latest[shard] = uptime
    }

    mutating func retake(_ shard: Int) { open[shard] = nil }

    /// Those to be taken again, since the group has left them to us for so long.
    func due(at uptime: Double) -> [Int] {
        open.filter { uptime - $0.value > sessionSeconds * Self.retakingSessions }.keys.sorted()
    }

    /// Forgets those that nobody has taken from us for so long that whoever did has gone.
    ///
    /// - Returns: Which they are.
    mutating func forgetOld(at uptime: Double) -> [Int] {
        let old = latest.filter { shard, since in
            open[shard] == nil && uptime - since > sessionSeconds * Self.forgettingSessions
        }
        for shard in old.keys { latest[shard] = nil }
        return old.keys.sorted()
    }

    mutating func removeAll() {
        open.removeAll()
        latest.removeAll()
    }
}
