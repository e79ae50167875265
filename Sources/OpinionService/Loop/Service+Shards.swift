internal import KafkaTransport
internal import Logging
internal import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

// Which shards are ours, and what is read.
extension Service {
    func verified(_ ground: StartFacts) {
        shards = ground.shards
        cluster = ground.cluster
        bytesMax = ground.bytesMax
        deadLetterBytesMax = min(
            EventWriter.deadLetterBytesMax,
            ground.bytesMax[.deadLetters].map { $0 - Self.deadLetterOverhead } ?? .max
        )
        reporter.heard(isThere: false, log)
        reporter.recovered(.broker, log)
        for warning in ground.warnings {
            log.warning("a topic is not set up as it should be", metadata: ["topic": "\(warning)"])
        }
        for name in ground.accepted {
            log.warning(
                "another log than the one that was read is accepted, and read from its beginning",
                metadata: ["log": "\(name)", "setting": "kafka.acceptedLogs"]
            )
        }
        log.info(
            "topics verified",
            metadata: [
                "shards": "\(ground.shards)", "roster_partitions": "\(ground.rosterPartitions)",
                "cluster": "\(ground.cluster ?? "unknown")",
            ]
        )
    }

    /// Bytes of the headers that a dead letter gets, and that a record takes beside its own.
    private static var deadLetterOverhead: Int { 2_048 }

    /// The group gave us these; nothing is read before their state is back.
    func assigned(_ places: [TopicPartition]) {
        revokingSince = nil
        transport.fetch([])
        let given = Set(places.map { Int($0.partition) })
        log.info("shards assigned", metadata: ["shards": "\(given.sorted())"])
        for shard in given.sorted() where !isOurs(shard) { take(over: shard) }
        reporter.hasShards = true
        fetch()
    }

    /// Whether a shard is at work here or on its way: being read, or read and waiting for the roster.
    ///
    /// Taken over a second time, it would be read before what it does meanwhile, and do that again.
    private func isOurs(_ shard: Int) -> Bool {
        runtimes[shard] != nil || restoring[shard] != nil
            || waitingForRoster.contains { $0.shard.number == shard }
    }

    /// The group takes everything back (the range assignor's eager protocol).
    func revoked(isLost: Bool) {
        log.info("shards revoked", metadata: ["lost": "\(isLost)"])
        guard !isLost else { return dropAll(parking: false) }
        revokingSince = clock.uptime
    }

    /// Gives the shards back once everything under way has been committed.
    ///
    /// What can't be committed in time is dropped: whoever takes the shard over reads on where it was.
    func finishRevoking() {
        guard let revokingSince else { return }
        if runtimes.values.allSatisfy(\.isIdle) { return dropAll(parking: true) }
        guard clock.uptime - revokingSince > Self.revokingSeconds else { return }
        log.warning("shards given back before all was committed; their next owner does it again")
        dropAll(parking: false)
    }

    /// - Parameter parking: Whether all is committed and nobody else can have a shard yet.
    private func dropAll(parking: Bool) {
        revokingSince = nil
        let waiting = waitingForRoster.map(\.shard.number)
        for shard in Set(runtimes.keys).union(restoring.keys).union(waiting).sorted() {
            transport.release(shard, parked: parking ? parked(shard) : nil)
            drop(shard)
        }
        for shard in fencedAt.keys { reporter.forget(shard, log) }
        fenced.removeAll()
        fencedAt.removeAll()
        held.removeAll()
        reporter.hasShards = false
        transport.unassign()
    }

    private func parked(_ shard: Int) -> ParkedShard? {
        runtimes[shard]?.parked(mark)
    }

    /// Between two lines of how far the state of shards was read.
    private static let restoringSeconds = 10.0

    /// Tells how far the state has been read, of all shards in one line now and then.
    func restoring(_ shard: Int, read: Int64, of goal: Int64) {
        restoring[shard] = (read, goal)
        guard clock.uptime - restoringToldAt >= Self.restoringSeconds else { return }
        restoringToldAt = clock.uptime
        let sum = restoring.values.reduce((0, 0)) { ($0.0 + $1.read, $0.1 + $1.of) }
        log.info(
            "restoring",
            metadata: ["shards": "\(restoring.count)", "read": "\(sum.0)", "of": "\(sum.1)"]
        )
    }

    func takenOver(_ taken: TakenOver) {
        guard restoring.removeValue(forKey: taken.shard.number) != nil else { return }
        waitingForRoster.append(taken)
    }

    /// A shard whose last transaction has an unknown end, or that another has fenced.
    ///
    /// Never guessed: what is in memory is dropped and read back. A shard that was fenced belongs to
    /// somebody else: it is taken again when the group gives it to us anew, or leaves it to us.
    func lost(_ shard: Int, _ error: KafkaError, by writer: String?) {
        log.error("shard dropped", metadata: ["shard": "\(shard)", "error": "\(error)"])
        if runtimes[shard]?.underWay != nil { reporter.aborted() }
        drop(shard)
        fetch()
        guard error.reaction != .fenced else {
            transport.release(shard)
            return noteFence(of: shard, by: writer)
        }
        take(over: shard)
    }

    private func drop(_ shard: Int) {
        runtimes[shard] = nil
        restoring[shard] = nil
        waitingForRoster.removeAll { $0.shard.number == shard }
        openTransactions.forget(shard)
        reporter.forget(shard, log)
    }

    private func noteFence(of shard: Int, by writer: String?) {
        fenced[shard] = clock.uptime
        fencedAt[shard] = clock.uptime
        let name =
            writer.map { $0 == site.instance ? "\($0), a name that is ours" : $0 } ?? "unknown"
        reporter.trouble(
            .fenced,
            "shard \(shard) was taken over by somebody to whom the group has not given it (\(name)): does another "
                + "service, perhaps with other topics, have kafka.groupId \(site.group)?",
            of: shard,
            log,
            at: clock.uptime
        )
    }

    /// Nobody has taken a shard from us for so long that whoever did has gone.
    ///
    /// Two services under one name take each shard from each other within two sessions, and work in between.
    func forgetFences() {
        for (shard, since) in fencedAt
        where fenced[shard] == nil && clock.uptime - since > site.sessionSeconds * 5 {
            fencedAt[shard] = nil
            reporter.recovered(.fenced, of: shard, log)
        }
    }

    /// Takes all shards over anew: their topics were gone, and others may have come under their names.
    func retakeAll() {
        let ours = Set(runtimes.keys).union(restoring.keys).union(
            waitingForRoster.map(\.shard.number)
        )
        for shard in ours.sorted() {
            drop(shard)
            transport.release(shard)
            take(over: shard)
        }
        fetch()
    }

    /// Takes a shard over that was fenced and that the group has left to us ever since.
    ///
    /// Had it gone to another member, the group would have told us within a session: so whoever fenced
    /// us was a process that slept and no longer is a member, and nobody else would take it.
    func retakeFenced() {
        for (shard, since) in fenced.sorted(by: { $0.key < $1.key })
        where clock.uptime - since > site.sessionSeconds * 2 { take(over: shard) }
    }

    private func take(over shard: Int) {
        fenced[shard] = nil
        restoring[shard] = (0, 0)
        transport.takeOver(shard, by: policy)
    }

    /// Leaves shards that have been full for a while out of what is read, so that the others go on and
    /// the group's word is heard; takes them in again when they have room.
    ///
    /// A shard that is full for a moment just makes the loop wait: to change what is read costs the records
    /// that lie ready.
    func holdFull() {
        for runtime in runtimes.values { runtime.noteRoom(at: turnBegan) }
        let stuck = runtimes.values.filter { runtime in
            runtime.fullSince.map { turnBegan - $0 > Self.fullSeconds } ?? false
        }
        let numbers = Set(stuck.map(\.number))
        guard numbers != held else { return }
        held = numbers
        fetch()
    }

    /// Reads the inputs of all shards that are ready and have room, and the tail of the roster.
    func fetch() {
        guard roster.isWhole, reporter.hasShards, !isRevoking else { return }
        var positions: [(TopicPartition, Int64)] = []
        for runtime in sortedDesks where !held.contains(runtime.number) {
            positions.append(
                (TopicPartition(site.inputs[0], Int32(runtime.number)), runtime.requests)
            )
            positions.append(
                (TopicPartition(site.inputs[1], Int32(runtime.number)), runtime.responses)
            )
        }
        for (number, next) in roster.next.enumerated() {
            positions.append((TopicPartition(site.name(Topic.specialists), Int32(number)), next))
        }
        transport.fetch(positions)
    }
}
