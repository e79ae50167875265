import OpinionFlow
import OpinionMatching
import OpinionTesting
import OpinionWire

/// A shard, and another that was restored from its records; the two are told the same from then on, and have to answer
/// and tell the same.
struct Twins {
    private(set) var live: Shard
    private var twin: Shard?
    private var log: [Record] = []
    /// What the two disagree about, or a restored one gets wrong.
    private(set) var problems: [String] = []

    init(_ shard: Shard) { live = shard }

    private mutating func check(_ holds: Bool, _ problem: @autoclosure () -> String) {
        if !holds { problems.append(problem()) }
    }

    /// Does the same to both.
    mutating func both<Answer: Equatable>(
        _ body: (inout Shard, inout Outbox) -> Answer
    ) -> (answer: Answer, told: [Announcement]) {
        var outbox = Outbox()
        let answer = body(&live, &outbox)
        if var other = twin {
            var told = Outbox()
            let same = body(&other, &told)
            twin = other
            check(answer == same, "restored answers \(same), not \(answer)")
            check(
                outbox.announcements == told.announcements,
                "restored tells \(told.announcements), not \(outbox.announcements)"
            )
        }
        return (answer, outbox.announcements)
    }

    /// Lets the timers go off that are due.
    ///
    /// - Returns: What was told; nil: none was due.
    mutating func tick(at now: Moment) -> [Announcement]? {
        let due = live.nextTimer
        if let twin { check(twin.nextTimer == due, "restored has another timer") }
        guard let due, due <= now else { return nil }
        let told = both { shard, outbox in shard.tick(at: now, into: &outbox) == () }.told
        check(live.nextTimer.map { now < $0 } ?? true, "a timer never ends")
        return told
    }

    /// Takes in what the directory says, and looks again at everybody who waits.
    mutating func apply(
        _ changes: [Directory.Change],
        because cause: Cause?,
        at now: Moment
    ) -> [Announcement] {
        both { shard, outbox in
            for change in changes {
                shard.apply(change, because: cause, where: { _ in true }, at: now, into: &outbox)
            }
            shard.reassess(into: &outbox)
            return true
        }.told
    }

    /// Writes down what has changed.
    mutating func drain() {
        log += live.records()
        guard var other = twin else { return }
        _ = other.records()
        twin = other
        check(other.digest == live.digest, "restored has another digest")
    }

    /// Takes over from the records as another instance would, at rest; compacted, only the last record of each key is
    /// left.
    mutating func restore(from directory: Directory, isCompacted: Bool, at now: Moment) {
        drain()
        var outbox = Outbox()
        var other = Shard(number: 0, policy: live.policy)
        problems += other.restore(isCompacted ? compacted : log)
        other.settle(decidedAt: live.decidedAt)
        other.meet(directory, live.policy, at: now, into: &outbox)
        other.tick(at: now, into: &outbox)
        check(outbox.announcements.isEmpty, "restoring tells \(outbox.announcements)")
        check(!other.isTouched, "restoring changes records")
        check(other.digest == live.digest, "restoring reads another digest")
        check(other.snapshot == live.snapshot, "restoring reads other requests")
        check(other.census(at: now) == live.census(at: now), "restoring counts otherwise")
        twin = other
    }

    /// The last record of each key, in the order in which they were written.
    private var compacted: [Record] {
        var seen: Set<[UInt8]> = []
        return log.reversed().filter { seen.insert($0.key ?? []).inserted }.reversed()
    }
}

extension Shard {
    /// Writes what is to be written, as records of the state topic.
    mutating func records() -> [Record] {
        var batch = RecordBatch()
        let writer = StateWriter(shard: number)
        drain(
            write: { writer.write($0, into: &batch) },
            erase: { writer.erase($0, into: &batch) }
        )
        return batch.records
    }

    /// Takes records of the state in.
    ///
    /// - Returns: What is wrong with them.
    mutating func restore(_ records: [Record]) -> [String] {
        let reader = StateReader()
        return records.compactMap { record in
            do throws(StateError) {
                switch try reader.read(record) {
                case .request(let request): restore(request)
                case .erased(let key): restoreErased(key)
                case .meta: return "a meta record that nobody wrote"
                }
                return nil
            } catch {
                return "a record can't be read: \(error)"
            }
        }
    }
}
