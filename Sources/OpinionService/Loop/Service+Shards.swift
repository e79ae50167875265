internal import KafkaTransport
internal import Logging
internal import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

// Which shards are ours, and what is read.
extension Service {
    func verified(_ facts: StartFacts) {
        topics = TopicFacts(facts)
        _ = inputs.ends.end()
        reporter.recovered(.broker)
        for warning in facts.warnings {
            log.warning("a topic is not set up as it should be", metadata: ["topic": "\(warning)"])
        }
        for name in facts.accepted {
            log.warning(
                "another log than the one that was read is accepted, and read from its beginning",
                metadata: ["log": "\(name)", "setting": "kafka.acceptedLogs"]
            )
        }
        log.info(
            "topics verified",
            metadata: [
                "shards": "\(facts.shards)", "roster_partitions": "\(facts.rosterPartitions)",
                "cluster": "\(facts.cluster ?? "unknown")",
            ]
        )
    }

    /// The group gave us these; nothing is read before their state is back.
    ///
    /// One that is ours already, or on its way, is left alone: taken over a second time, it would be read before what it
    /// does meanwhile, and do that again.
    func assigned(_ places: [TopicPartition]) {
        transport.fetch([])
        let given = Set(places.map { Int($0.partition) })
        log.info("shards assigned", metadata: ["shards": "\(given.sorted())"])
        shards.membership = .inside
        for shard in given.subtracting(shards.ours).sorted() { take(over: shard) }
        fetch()
    }

    /// The group takes everything back (the range assignor's eager protocol).
    func revoked(isLost: Bool) {
        log.info("shards revoked", metadata: ["lost": "\(isLost)"])
        guard !isLost else { return dropAll(parking: false) }
        shards.membership = .revoking(since: clock.uptime)
    }

    /// Gives the shards back once everything under way has been committed.
    ///
    /// What can't be committed in time is dropped: whoever takes the shard over reads on where it was.
    func finishRevoking() {
        guard case .revoking(let since) = shards.membership else { return }
        if shards.runtimes.values.allSatisfy(\.isIdle) { return dropAll(parking: true) }
        guard clock.uptime - since > Self.revokingSeconds else { return }
        log.warning("shards given back before all was committed; their next owner does it again")
        dropAll(parking: false)
    }

    /// - Parameter parking: Whether all is committed and nobody else can have a shard yet.
    private func dropAll(parking: Bool) {
        for shard in shards.ours.sorted() {
            transport.release(shard, parked: parking ? parked(shard) : nil)
            drop(shard)
        }
        for shard in shards.fences.shards { reporter.forget(shard) }
        shards.fences.removeAll()
        shards.held.removeAll()
        shards.membership = .outside
        transport.unassign()
    }

    private func parked(_ shard: Int) -> ParkedShard? {
        shards.runtimes[shard]?.parked(mark)
    }

    /// Tells how far the state has been read, of all shards in one line now and then.
    func restoring(_ shard: Int, read: Int64, of goal: Int64) {
        let sums = shards.takeovers.advance(shard, to: read, of: goal, at: clock.uptime)
        guard let sums else { return }
        log.info(
            "restoring",
            metadata: [
                "shards": "\(shards.takeovers.reading.count)", "read": "\(sums.read)",
                "of": "\(sums.of)",
            ]
        )
    }

    func takenOver(_ taken: TakenOver) { shards.takeovers.finish(taken) }

    /// A shard whose last transaction has an unknown end, or that another has fenced.
    ///
    /// Never guessed: what is in memory is dropped and read back. A shard that was fenced belongs to
    /// somebody else: it is taken again when the group gives it to us anew, or leaves it to us.
    func lost(_ shard: Int, _ error: KafkaError, by writer: String?) {
        log.error("shard dropped", metadata: ["shard": "\(shard)", "error": "\(error)"])
        if shards.runtimes[shard]?.underWay != nil { reporter.aborted() }
        drop(shard)
        fetch()
        guard error.reaction != .fenced else {
            transport.release(shard)
            return noteFence(of: shard, by: writer)
        }
        take(over: shard)
    }

    private func drop(_ shard: Int) {
        shards.drop(shard)
        inputs.openTransactions.forget(shard)
        reporter.forget(shard)
    }

    private func noteFence(of shard: Int, by writer: String?) {
        shards.fences.fence(shard, at: clock.uptime)
        let name =
            writer.map { $0 == site.instance ? "\($0), a name that is ours" : $0 } ?? "unknown"
        reporter.trouble(
            .fenced,
            "shard \(shard) was taken over by somebody to whom the group has not given it (\(name)): does another "
                + "service, perhaps with other topics, have kafka.groupId \(site.group)?",
            of: shard,
            at: clock.uptime
        )
    }

    /// Nobody has taken a shard from us for so long that whoever did has gone.
    ///
    /// Two services under one name take each shard from each other within two sessions, and work in between.
    func forgetFences() {
        for shard in shards.fences.forgetOld(at: clock.uptime) {
            reporter.recovered(.fenced, of: shard)
        }
    }

    /// Takes all shards over anew: their topics were gone, and others may have come under their names.
    func retakeAll() {
        for shard in shards.ours.sorted() {
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
        for shard in shards.fences.due(at: clock.uptime) { take(over: shard) }
    }

    private func take(over shard: Int) {
        shards.fences.retake(shard)
        shards.takeovers.begin(shard)
        transport.takeOver(shard, by: policy)
    }

    /// Leaves shards that have been full for a while out of what is read, so that the others go on and
    /// the group's word is heard; takes them in again when they have room.
    ///
    /// A shard that is full for a moment just makes the loop wait: to change what is read costs the records
    /// that lie ready.
    func holdFull() {
        for runtime in shards.runtimes.values { runtime.noteRoom(at: time.turnBegan) }
        let stuck = shards.runtimes.values.filter { runtime in
            runtime.fullSince.map { time.turnBegan - $0 > Self.fullSeconds } ?? false
        }
        let numbers = Set(stuck.map(\.number))
        guard numbers != shards.held else { return }
        shards.held = numbers
        fetch()
    }

    /// Reads the inputs of all shards that are ready and have room, and the tail of the roster.
    func fetch() {
        guard roster.isWhole, case .inside = shards.membership else { return }
        var positions: [(TopicPartition, Int64)] = []
        for runtime in shards.sorted where !shards.held.contains(runtime.number) {
            positions.append(
                (TopicPartition(site.inputs[0], Int32(runtime.number)), runtime.inputs.requests)
            )
            positions.append(
                (TopicPartition(site.inputs[1], Int32(runtime.number)), runtime.inputs.responses)
            )
        }
        for (number, next) in roster.next.enumerated() {
            positions.append((TopicPartition(site.name(Topic.specialists), Int32(number)), next))
        }
        transport.fetch(positions)
    }
}
