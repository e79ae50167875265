import KafkaTransport
import OpinionService
import OpinionTesting
import OpinionWire

// A transaction on its way to the broker and back, step by step.
extension SimulatedCluster {
    func commit(_ transaction: Transaction) -> Bool {
        guard isMember, !world.chance.percent(world.faults.absences),
            let worker = workers[transaction.shard],
            let epoch = epochs[transaction.shard]
        else { return false }
        let commit = Commit(
            transaction: transaction,
            id: site.transactionalID(of: transaction.shard),
            epoch: epoch,
            worker: worker,
            generation: generation
        )
        after { [self] in write(commit) }
        return true
    }

    private struct Commit {
        let transaction: Transaction
        let id: String
        let epoch: Int
        let worker: Int
        let generation: Int
        var shard: Int { transaction.shard }
    }

    private func write(_ commit: Commit) {
        step(commit) { [self] () throws(SimulatedBroker.Refused) in
            try world.broker.write(
                commit.transaction.batch,
                commit.id,
                epoch: commit.epoch,
                at: world.now
            )
        } then: { [self] in
            world.chance.percent(world.faults.aborts) ? abort(commit) : sendOffsets(commit)
        }
    }

    private func sendOffsets(_ commit: Commit) {
        guard
            world.group.accepts(site.instance, process: process, generation: commit.generation)
        else { return abort(commit) }
        let offsets = zip(site.inputs, [commit.transaction.requests, commit.transaction.responses])
            .map { (TopicPartition($0, Int32(commit.shard)), $1) }
        step(commit) { [self] () throws(SimulatedBroker.Refused) in
            try world.broker.send(offsets, commit.id, epoch: commit.epoch)
        } then: { [self] in
            world.chance.percent(world.faults.aborts) ? abort(commit) : end(commit)
        }
    }

    private func end(_ commit: Commit) {
        let isUnknown = world.chance.percent(world.faults.unknowns)
        if isUnknown, world.chance.percent(50) {
            // Never arrived; nobody knows.
            return after { [self] in
                say(.lost(shard: commit.shard, Self.error(.restart)), commit.worker)
            }
        }
        let isLate = world.chance.percent(world.faults.repetitions)
        step(commit) { [self] () throws(SimulatedBroker.Refused) in
            try world.broker.end(commit.id, epoch: commit.epoch, commits: true)
            let state = TopicPartition(Topic.state, Int32(commit.shard))
            stateEnds[commit.shard] = world.broker.end(of: state)
            world.noteCommit()
        } then: { [self] in
            if isUnknown {
                say(.lost(shard: commit.shard, Self.error(.restart)), commit.worker)
            } else if isLate {
                renew(commit)
            } else {
                say(.committed(shard: commit.shard), commit.worker)
            }
        }
    }

    /// EndTxn was sent twice, and the second may come at any time: this epoch must not be used again.
    private func renew(_ commit: Commit) {
        world.agenda.note(at: world.now + Int64(world.chance.within(1...500))) { [world] in
            try? world.broker.end(commit.id, epoch: commit.epoch, commits: true)
        }
        let epoch = world.broker.initTransactions(commit.id)
        after { [self] in
            if workers[commit.shard] == commit.worker { epochs[commit.shard] = epoch }
            say(.committed(shard: commit.shard), commit.worker)
        }
    }

    private func abort(_ commit: Commit, refusedBy topic: String? = nil) {
        say(.trouble(.commits, Self.error(.abort), of: commit.shard), commit.worker)
        step(commit) { [self] () throws(SimulatedBroker.Refused) in
            try world.broker.end(commit.id, epoch: commit.epoch, commits: false)
        } then: { [self] in
            after(100...1_000) { [self] in
                say(.recovered(.commits, of: commit.shard), commit.worker)
                say(.aborted(shard: commit.shard, refusedBy: topic), commit.worker)
            }
        }
    }

    /// Over the network and back; a client of an older epoch is told that it is fenced.
    private func step(
        _ commit: Commit,
        _ effect: @escaping () throws(SimulatedBroker.Refused) -> Void,
        then goOn: @escaping () -> Void
    ) {
        world.agenda.note(at: world.now + world.delay) { [self] in
            do throws(SimulatedBroker.Refused) {
                try effect()
                after { goOn() }
            } catch {
                switch error {
                case .fenced:
                    after { [self] in
                        say(.lost(shard: commit.shard, Self.error(.fenced)), commit.worker)
                    }
                case .tooLarge(let topic): after { [self] in abort(commit, refusedBy: topic) }
                }
            }
        }
    }
}
