internal import Logging
internal import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

// Profiles: from the start's reading of the whole topic, then from its tail.
extension Service {
    func take(roster records: [Record], next: [Int64], isWhole: Bool) {
        for record in records { note(profile: record) }
        roster.move(to: next, records)
        guard isWhole else { return }
        roster.isWhole = true
        log.info("roster read", metadata: ["specialists": "\(roster.directory.count)"])
        fetch()
    }

    /// A profile of the tail.
    func take(profile record: Record) {
        guard roster.move(past: record) else { return }
        note(profile: record)
    }

    private func note(profile record: Record) {
        let isDone = guarded(record, 3) { read(profile: record) }
        if !isDone { suspend(record, Refusal(.processorCrash)) }
    }

    private func read(profile record: Record) {
        guard record.value != nil else { return note(tombstone: record) }
        do throws(Refusal) {
            let (specialist, cause) = try codec.reader.profile(record)
            apply(record, of: specialist.id, because: cause) { $0.profile(specialist) }
        } catch {
            suspend(record, error)
        }
    }

    private func note(tombstone record: Record) {
        guard let id = Self.id(of: record) else {
            return suspend(record, Refusal(.keyMismatch, at: "/data/specialistId"))
        }
        apply(record, of: id, because: nil) { $0.retire(id) }
    }

    /// A profile that can't be read makes its specialist inactive, and is dead-lettered once.
    private func suspend(_ record: Record, _ refusal: Refusal) {
        if let id = Self.id(of: record) {
            apply(record, of: id, because: nil) { $0.suspend(id) }
        }
        roster.keep(record, refusal)
        let owner = Int(record.partition) % max(topics.shards, 1)
        shards.runtimes[owner]?.fill { transaction, _ in
            deadLetter(record, refusal, into: &transaction)
        }
    }

    /// Changes the directory, unless a later record has, and tells all shards.
    private func apply(
        _ record: Record,
        of id: Specialist.ID,
        because cause: Cause?,
        _ body: (inout Directory) -> [Directory.Change]
    ) {
        guard roster.noteVersion(record, of: id) else { return }
        for change in body(&roster.directory) {
            for runtime in shards.sorted {
                runtime.fill { transaction, shard in
                    shard.apply(
                        change,
                        because: cause,
                        where: { isHome($0, of: runtime.number) },
                        at: time.now,
                        into: &codec.outbox
                    )
                    tell(into: &transaction)
                }
                noteIfFull(runtime)
            }
        }
    }

    func isHome(_ network: String, of shard: Int) -> Bool {
        OpinionFlow.shard(of: network, among: topics.shards) == shard
    }

    private static func id(of record: Record) -> Specialist.ID? {
        guard let key = record.key, (1...128).contains(key.count),
            key.allSatisfy({ 0x21...0x7e ~= $0 })
        else { return nil }
        return Specialist.ID(String(decoding: key, as: UTF8.self))
    }

    // MARK: A shard meets the roster

    /// Opens the desks of shards whose state is there, once the roster is at least as far as theirs.
    func startReadyShards() {
        let ready = shards.takeovers.release(where: isRosterFarEnough)
        guard !ready.isEmpty else { return }
        for taken in ready { open(taken) }
        fetch()
    }

    private func isRosterFarEnough(_ taken: TakenOver) -> Bool {
        guard roster.isWhole else { return false }
        return zip(roster.next, taken.roster).allSatisfy { $0 >= $1 }
    }

    private func open(_ taken: TakenOver) {
        let runtime = ShardRuntime(taken, shards.limits)
        shards.runtimes[runtime.number] = runtime
        let from = taken.roster
        runtime.fill { transaction, shard in
            shard.meet(
                roster.directory,
                policy,
                where: { isHome($0, of: runtime.number) },
                at: time.now,
                into: &codec.outbox
            )
            tell(into: &transaction)
            for (record, refusal) in roster.unreadable
            where Int(record.partition) % topics.shards == runtime.number
                && record.offset >= (from[safe: Int(record.partition)] ?? 0)
            {
                deadLetter(record, refusal, into: &transaction)
            }
        }
        log.info(
            "shard ready",
            metadata: [
                "shard": "\(runtime.number)", "records": "\(taken.records)",
                "milliseconds": "\(taken.milliseconds)", "resumed": "\(taken.isResumed)",
            ]
        )
    }
}

extension [Int64] {
    fileprivate subscript(safe index: Int) -> Int64? { indices.contains(index) ? self[index] : nil }
}
