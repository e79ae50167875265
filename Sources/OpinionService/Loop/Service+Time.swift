internal import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

// Timers and the ends of the inputs.
extension Service {
    /// Lets the time of each shard pass, up to where its inputs have been read.
    ///
    /// A timer that is due at *t* fires only after everything that lay in the inputs at *t* has been
    /// read: an acceptance may lie unread after an outage, and would have stopped it.
    func letTimePass() {
        for runtime in shards.sorted where !runtime.isAtLimit {
            runtime.fill { transaction, shard in
                shard.reassess(into: &codec.outbox)
                tell(into: &transaction)
            }
        }
        guard time.isTimeToLook(clock.uptime) else { return }
        watchSilence()
        retakeFenced()
        forgetFences()
        askEnds()
        inspectLogs()
        guard clockFault == nil else { return }
        for runtime in shards.sorted where !runtime.isFull { tick(runtime) }
    }

    /// Brokers that don't answer are away, though no call has failed yet.
    private func watchSilence() {
        guard inputs.ends.isSilent(at: clock.uptime) else { return }
        reporter.trouble(.broker, "asking the brokers: no answer yet", at: clock.uptime)
    }

    /// What is wrong with the clock; nil: nothing.
    ///
    /// A shard was decided upon by a clock that was right then, so ours is not if it is far behind that.
    var clockFault: String? {
        if let fault = time.watch.fault(at: clock.uptime) { return fault }
        let latest = time.now.advanced(by: ClockWatch.leadMax)
        return shards.runtimes.values.contains { latest < $0.shard.decidedAt }
            ? "clock-disagrees" : nil
    }

    private func tick(_ runtime: ShardRuntime) {
        let moment = min(time.now, runtime.inputs.horizon)
        guard let due = runtime.shard.nextTimer, due <= moment else { return }
        runtime.fill { transaction, shard in
            shard.tick(at: moment, into: &codec.outbox)
            tell(into: &transaction)
        }
    }

    private func askEnds() {
        guard roster.isWhole, !inputs.ends.isOpen else { return }
        inputs.ends.ask(at: clock.uptime)
        let places = shards.runtimes.keys.sorted().flatMap { shard in
            site.inputs.map { TopicPartition($0, Int32(shard)) }
        }
        let roster = TopicPartition(site.name(Topic.specialists), 0)
        transport.askEnds(of: places.isEmpty ? [roster] : places, at: time.now)
    }

    func learn(_ ends: [TopicPartition: InputEnd], askedAt: Moment) {
        let asked = inputs.ends.end()
        if !ends.isEmpty { reporter.answered(whatWasAskedAt: asked) }
        for runtime in shards.runtimes.values {
            let places = site.inputs.map { TopicPartition($0, Int32(runtime.number)) }
            guard let requests = ends[places[0]], let responses = ends[places[1]] else { continue }
            runtime.inputs.learn(requests: requests, responses: responses, askedAt: askedAt)
            let uptime = clock.uptime
            inputs.openTransactions.note(
                places[0],
                requests,
                readTo: runtime.inputs.requests,
                at: uptime
            )
            inputs.openTransactions.note(
                places[1],
                responses,
                readTo: runtime.inputs.responses,
                at: uptime
            )
        }
        tellOpenTransactions()
    }

    private func tellOpenTransactions() {
        let held = inputs.openTransactions.held(at: clock.uptime)
        guard !held.isEmpty else { return reporter.recovered(.openTransaction) }
        let places = held.map { place, offset, seconds in
            "\(place.topic)/\(place.partition) behind offset \(offset) for \(seconds) s"
        }
        reporter.trouble(
            .openTransaction,
            "records can't be read until somebody's transaction ends: "
                + places.joined(separator: ", "),
            at: clock.uptime
        )
    }
}
