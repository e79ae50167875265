internal import Logging
internal import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

/// Everybody there is, and how far the topic that says so has been read.
struct RosterDesk {
    /// Bytes of unreadable profiles that are kept for shards still to come.
    static let unreadableBytesMax = 64 << 20

    var directory = Directory()
    /// The next offset to be read, a partition each.
    private(set) var next: [Int64] = []
    /// Of the last record read, a partition each.
    private var newest: [Fingerprint?] = []
    private var anchors: [Anchor] = []
    var isWhole = false
    /// Profiles that could not be read: whoever owns the shard of their partition dead-letters them.
    private(set) var unreadable: [(record: Record, refusal: Refusal)] = []
    private var unreadableBytes = 0
    /// Where the latest record of each specialist lies, tombstones included.
    private var latest: [Specialist.ID: (partition: Int32, timestamp: Int64)] = [:]

    /// Notes a record of a specialist.
    ///
    /// Publishers with different partitioners put versions of one profile into different partitions, which
    /// are read in any order: there the later timestamp counts, at a start and afterwards, and of equal ones
    /// that of the higher partition.
    ///
    /// - Returns: Whether it is the latest so far.
    mutating func noteVersion(_ record: Record, of id: Specialist.ID) -> Bool {
        if let known = latest[id], known.partition != record.partition,
            (record.timestamp, record.partition) < (known.timestamp, known.partition)
        {
            return false
        }
        latest[id] = (record.partition, record.timestamp)
        return true
    }

    mutating func keep(_ record: Record, _ refusal: Refusal) {
        unreadable.append((record, refusal))
        unreadableBytes += record.byteCount
        while unreadableBytes > Self.unreadableBytesMax, !unreadable.isEmpty {
            unreadableBytes -= unreadable.removeFirst().record.byteCount
        }
    }

    /// Notes how far the start's reading has come, with the records that it brought.
    mutating func move(to next: [Int64], _ records: [Record]) {
        self.next = next
        newest += repeatElement(nil, count: max(0, next.count - newest.count))
        anchors += repeatElement(Anchor(), count: max(0, next.count - anchors.count))
        for record in records { newest[Int(record.partition)] = Fingerprint(of: record) }
    }

    /// By which records the partitions are known again.
    mutating func fingerprints() -> [Fingerprint?] {
        anchors.indices.map { anchors[$0].known(newest: newest[$0]) }
    }

    /// What is to be looked for, to see that the topic is still the same.
    mutating func seek(_ topic: String) -> [LogMark] {
        anchors.indices.map { index in
            LogMark(
                TopicPartition(topic, Int32(index)),
                position: next[index],
                anchors[index].seek(newest: newest[index]),
                isCompacted: true
            )
        }
    }

    /// A partition is still the log that was read.
    mutating func confirm(_ partition: Int32) {
        if anchors.indices.contains(Int(partition)) { anchors[Int(partition)].confirm() }
    }

    /// Notes a record of the tail.
    ///
    /// - Returns: Whether it is one that has not been read before.
    mutating func move(past record: Record) -> Bool {
        let partition = Int(record.partition)
        guard partition < next.count, next[partition] <= record.offset else { return false }
        next[partition] = record.offset + 1
        newest[partition] = Fingerprint(of: record)
        return true
    }

    /// Notes that a partition has been read to an offset, the markers of transactions counted.
    mutating func move(_ partition: Int32, _ offset: Int64) {
        guard next.indices.contains(Int(partition)) else { return }
        next[Int(partition)] = max(next[Int(partition)], offset)
    }
}

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
            let (specialist, cause) = try reader.profile(record)
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
        let owner = Int(record.partition) % max(shards, 1)
        runtimes[owner]?.fill { transaction, _ in deadLetter(record, refusal, into: &transaction) }
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
            for runtime in sortedDesks {
                runtime.fill { transaction, shard in
                    shard.apply(
                        change,
                        because: cause,
                        where: { isHome($0, of: runtime.number) },
                        at: now,
                        into: &outbox
                    )
                    tell(into: &transaction)
                }
                noteIfFull(runtime)
            }
        }
    }

    func isHome(_ network: String, of shard: Int) -> Bool {
        OpinionFlow.shard(of: network, among: shards) == shard
    }

    private static func id(of record: Record) -> Specialist.ID? {
        guard let key = record.key, (1...128).contains(key.count),
            key.allSatisfy({ 0x21...0x7e ~= $0 })
        else { return nil }
        return Specialist.ID(String(decoding: key, as: UTF8.self))
    }

    // MARK: A shard meets the roster

    /// Opens the desks of shards whose state is there, once the roster is at least as far as theirs.
    func openDesks() {
        let ready = waitingForRoster.filter(isRosterFarEnough)
        guard !ready.isEmpty else { return }
        waitingForRoster.removeAll(where: isRosterFarEnough)
        for taken in ready { open(taken) }
        fetch()
    }

    private func isRosterFarEnough(_ taken: TakenOver) -> Bool {
        guard roster.isWhole else { return false }
        return zip(roster.next, taken.roster).allSatisfy { $0 >= $1 }
    }

    private func open(_ taken: TakenOver) {
        let runtime = ShardRuntime(taken, limits)
        runtimes[runtime.number] = runtime
        let from = taken.roster
        runtime.fill { transaction, shard in
            shard.meet(
                roster.directory,
                policy,
                where: { isHome($0, of: runtime.number) },
                at: now,
                into: &outbox
            )
            tell(into: &transaction)
            for (record, refusal) in roster.unreadable
            where Int(record.partition) % shards == runtime.number
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
