/// The threads of the shards: those at work, and those that were given up and may still be in a call.
struct CommitterPool {
    private var working: [Int: (number: Int, committer: ShardCommitter)] = [:]
    /// The last one of each shard that was given up.
    private var leaving: [Int: ShardCommitter] = [:]
    /// Shards that this process has had.
    private var proven: Set<Int> = []
    /// How many there were so far; each has its number.
    private var count = 0

    subscript(shard: Int) -> ShardCommitter? { working[shard]?.committer }

    /// Whether that one still has its shard: what a released one says about its last transaction
    /// must not be taken for an answer about its successor's.
    func isWorking(_ number: Int) -> Bool { working.values.contains { $0.number == number } }

    /// Whether this process has had a shard before.
    func isProven(_ shard: Int) -> Bool { proven.contains(shard) }

    mutating func prove(_ shard: Int) { proven.insert(shard) }

    /// Starts a committer thread for a shard.
    ///
    /// - Parameters:
    ///   - shard: The shard.
    ///   - make: Makes it, given its number and whom it comes after.
    /// - Returns: What was made.
    mutating func startCommitter(
        for shard: Int,
        _ make: (_ number: Int, _ predecessor: ShardCommitter?) -> ShardCommitter
    ) -> ShardCommitter {
        count += 1
        let committer = make(count, leaving.removeValue(forKey: shard))
        working[shard] = (count, committer)
        return committer
    }

    /// Gives the thread of a shard up, once the call that is under way has come back.
    mutating func release(_ shard: Int, parking parked: ParkedShard?) {
        guard let committer = working.removeValue(forKey: shard)?.committer else { return }
        committer.leave(parking: parked)
        leaving[shard] = committer
    }

    /// Gives all up and waits until they have ended.
    ///
    /// - Parameter secondsLeft: How long that may still take.
    func end(secondsLeft: () -> Double) {
        let working = working.values.map(\.committer)
        for committer in working { committer.leave() }
        for committer in working + Array(leaving.values) {
            committer.waitForEnd(seconds: secondsLeft())
        }
    }
}
