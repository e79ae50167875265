import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionTesting
import OpinionWire

/// Looks at every transaction as it is committed, and at nothing else.
///
/// What it holds true is what the invariants of the architecture say of any moment: one history a
/// request, no units beyond a capacity, no hard rule broken, every input accounted for, state and digest
/// in step with the offsets.
final class Witness {
    private(set) var offences: [String] = []
    /// How often what was told.
    private(set) var tally: [String: Int] = [:]
    let policy: Policy
    let scene: () -> Scene
    private let read: (TopicPartition, Int64) -> (record: Record?, next: Int64)
    /// When the first record at or behind an offset came; nil where nobody may be asked, since clocks are wrong.
    private let writtenAt: (TopicPartition, Int64) -> Int64?
    private var restorations: [Int32: Restoration]
    private var known: Set<String> = []
    private var histories: [String: History] = [:]
    private var told: [String: Int] = [:]
    private(set) var ledger: SeatLedger
    private var moved: [TopicPartition: Int64] = [:]

    /// - Parameters:
    ///   - shards: How many shards there are.
    ///   - site: Where the topics are.
    ///   - policy: What is written must keep to it.
    ///   - scene: What was sent so far.
    ///   - read: The first committed record at or behind an offset.
    ///   - writtenAt: When the first record at or behind an offset came, whatever became of it; nil: there is none, or
    ///     clocks are wrong.
    init(
        shards: Int,
        _ site: KafkaSite,
        by policy: Policy,
        scene: @escaping () -> Scene,
        read: @escaping (TopicPartition, Int64) -> (record: Record?, next: Int64),
        writtenAt: @escaping (TopicPartition, Int64) -> Int64?
    ) {
        self.policy = policy
        self.scene = scene
        self.read = read
        self.writtenAt = writtenAt
        ledger = SeatLedger(policy)
        restorations = Dictionary(
            uniqueKeysWithValues: (0..<shards).map {
                (Int32($0), Restoration(of: $0, among: shards, site))
            }
        )
    }

    func expect(_ holds: Bool, _ offence: @autoclosure () -> String) {
        if !holds { offences.append("at a commit: \(offence())") }
    }

    /// The digest of a shard's state as it was written.
    func digest(of shard: Int) -> UInt64? { restorations[Int32(shard)]?.shard.digest }

    /// Takes a committed transaction in: what it wrote, in order, and the offsets that it moved.
    func take(_ records: [Record], _ offsets: [TopicPartition: Int64]) {
        var fates = Fates()
        for record in records {
            switch record.topic {
            case Topic.assignments, Topic.reports: break
            case Topic.state: take(state: record)
            case Topic.deadLetters: fates.dead.insert(record.origin)
            default: fates.forwarded.insert(record.header("opiniond-forwarded") ?? "")
            }
        }
        for (place, end) in offsets {
            checkMeta(place, end)
            account(for: place, to: end, fates)
        }
        for record in records where [Topic.assignments, Topic.reports].contains(record.topic) {
            checkTimer(record, offsets)
            take(event: record)
        }
        for fault in ledger.settle() { expect(false, fault) }
    }

    // MARK: Events

    private func take(event record: Record) {
        guard let event = try? OutEvent(record) else { return expect(false, "an unreadable event") }
        guard event.isNumbered else { return }
        let id = event.data.requestId
        expect(event.number == told[id, default: 0] + 1, "\(event.id) is out of turn")
        told[id, default: 0] += 1
        let isPanel = scene().isPanel(id)
        let begin = History(isPanel: isPanel, offersAtOnce: policy.offersAtOnce)
        if let offence = histories[id, default: begin].take(event) {
            expect(false, "\(event.id): \(offence)")
        }
        switch event.name {
        case "assignment.made": checkRules(event)
        case "report.ready": checkQuorum(event)
        case "request.closed": checkClosing(event)
        default: break
        }
        for fault in ledger.take(event, isPanel: isPanel) { expect(false, "\(event.id): \(fault)") }
        for name in event.headlines { tally[name, default: 0] += 1 }
    }

    /// Nothing goes off while a record lies unread that came before it was due: that may be the answer.
    private func checkTimer(_ record: Record, _ offsets: [TopicPartition: Int64]) {
        guard let event = try? OutEvent(record), let due = due(event) else { return }
        for (place, end) in offsets {
            let isUnread = writtenAt(place, end).map { $0 < due } ?? false
            expect(
                !isUnread,
                "\(event.id) goes off before \(place.topic)/\(place.partition) is read"
            )
        }
    }

    /// When that was due which time brought about; nil: it was brought about by something else.
    private func due(_ event: OutEvent) -> Int64? {
        switch (event.name, event.data.reason) {
        case ("request.escalated", "overdue"):
            event.data.dueBy.flatMap { Timestamp.milliseconds($0) }
        case ("assignment.rescinded", "timed-out"):
            // Where the time to accept has yet to pass, another clock has taken the seat back.
            event.data.assignmentId.flatMap { ledger.acceptBy(of: $0) }
                .flatMap { $0 <= event.moment ? $0.milliseconds : nil }
        default: nil
        }
    }

    private func checkClosing(_ event: OutEvent) {
        let mayExpire = 0 < policy.expiresAfter
        expect(event.data.reason != "expired" || mayExpire, "\(event.id): nothing expires")
    }

    // MARK: State

    private func take(state record: Record) {
        if let key = record.keyText, key != "meta" { known.insert(key) }
        do throws(Stop) {
            try restorations[record.partition]?.take(record)
        } catch {
            expect(false, error.message)
        }
    }

    /// Offsets, meta record and state say the same.
    private func checkMeta(_ place: TopicPartition, _ end: Int64) {
        guard let restoration = restorations[place.partition], let meta = restoration.meta else {
            return expect(false, "shard \(place.partition) has no meta record")
        }
        let applied = place.topic == Topic.requests ? meta.requests : meta.responses
        expect(applied == end, "\(place.topic)/\(place.partition): \(end), by its meta \(applied)")
        expect(meta.digest == restoration.shard.digest, "shard \(place.partition): another digest")
    }

    // MARK: Inputs

    /// What became of inputs in a transaction, but for those that were applied.
    private struct Fates {
        var dead: Set<String> = []
        var forwarded: Set<String> = []
    }

    /// Every record that the offset has passed is dead, forwarded, or part of a request's state.
    private func account(for place: TopicPartition, to end: Int64, _ fates: Fates) {
        var next = moved[place, default: 0]
        expect(next <= end, "\(place.topic)/\(place.partition) goes back from \(next) to \(end)")
        moved[place] = max(next, end)
        while next < end, case (let record?, let behind) = read(place, next), behind <= end {
            next = behind
            guard !fates.dead.contains(record.place), !fates.forwarded.contains(record.place) else {
                continue
            }
            apply(record)
        }
    }

    private func apply(_ record: Record) {
        let event = InEvent(record)
        let isKnown = (event?.key).map(known.contains) == true
        expect(isKnown, "\(record.place) is passed over")
        if let event, let fault = ledger.apply(event) { expect(false, "\(record.place): \(fault)") }
    }
}

extension OutEvent {
    /// What it is, in words that are counted.
    fileprivate var headlines: [String] {
        switch name {
        case "assignment.made": ["made \(data.seat?.role ?? "")", "made by \(data.mode ?? "")"]
        case "assignment.rescinded": ["rescinded \(data.reason ?? "")"]
        case "report.ready": reportHeadlines
        default: [name]
        }
    }

    private var reportHeadlines: [String] {
        guard data.kind == "panel" else { return ["report"] }
        let isLate = data.seats?.missing.isEmpty == false
        return ["panel report \(data.summary?.agreement ?? "")"]
            + (isLate ? ["panel report with missing seats"] : [])
    }
}
