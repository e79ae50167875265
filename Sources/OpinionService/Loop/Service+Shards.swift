internal import KafkaTransport
internal import Logging
internal import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

// Which shards are ours, and what is read.
extension Service {
    func verified(_ count: Int, rosterPartitions: Int) {
        shards = count
        log.info(
            "topics verified",
            metadata: ["shards": "\(count)", "roster_partitions": "\(rosterPartitions)"]
        )
    }

    /// The group gave us these; nothing is read before their state is back.
    func assigned(_ places: [TopicPartition]) {
        isRevoking = false
        transport.fetch([])
        let given = Set(places.map { Int($0.partition) })
        log.info("shards assigned", metadata: ["shards": "\(given.sorted())"])
        for shard in given.sorted() where desks[shard] == nil && restoring[shard] == nil {
            restoring[shard] = (0, 0)
            transport.takeOver(shard)
        }
        reporter.hasShards = true
        fetch()
    }

    /// The group takes everything back (the range assignor's eager protocol).
    func revoked(isLost: Bool) {
        log.info("shards revoked", metadata: ["lost": "\(isLost)"])
        guard !isLost else { return dropAll() }
        isRevoking = true
    }

    /// Gives the shards back once everything under way has been committed.
    func finishRevoking() {
        guard isRevoking, desks.values.allSatisfy(\.isIdle) else { return }
        dropAll()
    }

    private func dropAll() {
        isRevoking = false
        for shard in Set(desks.keys).union(restoring.keys) { transport.release(shard) }
        desks.removeAll()
        restoring.removeAll()
        waitingForRoster.removeAll()
        reporter.hasShards = false
        transport.unassign()
    }

    /// Tells how far the state of a shard has been read.
    func restoring(_ shard: Int, read: Int64, of goal: Int64) {
        restoring[shard] = (read, goal)
        log.info("restoring", metadata: ["shard": "\(shard)", "read": "\(read)", "of": "\(goal)"])
    }

    func takenOver(_ taken: TakenOver) {
        guard restoring.removeValue(forKey: taken.shard.number) != nil else { return }
        waitingForRoster.append(taken)
    }

    /// A shard whose last transaction has an unknown end, or that another has fenced.
    ///
    /// Never guessed: what is in memory is dropped and read back. A shard that was fenced belongs to
    /// somebody else, unless the group gives it to us anew.
    func lost(_ shard: Int, _ error: KafkaError) {
        log.error("shard dropped", metadata: ["shard": "\(shard)", "error": "\(error)"])
        desks[shard] = nil
        restoring[shard] = nil
        waitingForRoster.removeAll { $0.shard.number == shard }
        fetch()
        guard error.reaction != .fenced else {
            return fail(Stop(.fenced, "another instance took shard \(shard) over"))
        }
        restoring[shard] = (0, 0)
        transport.takeOver(shard)
    }

    /// Reads the inputs of all shards that are ready, and the tail of the roster.
    func fetch() {
        guard roster.isWhole, reporter.hasShards, !isRevoking else { return }
        var positions: [(TopicPartition, Int64)] = []
        for desk in desks.values.sorted(by: { $0.number < $1.number }) {
            positions.append((TopicPartition(site.inputs[0], Int32(desk.number)), desk.requests))
            positions.append((TopicPartition(site.inputs[1], Int32(desk.number)), desk.responses))
        }
        for (number, next) in roster.next.enumerated() {
            positions.append((TopicPartition(site.name(Topic.specialists), Int32(number)), next))
        }
        transport.fetch(positions)
    }
}
