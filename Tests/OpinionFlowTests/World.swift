import OpinionFlow
import OpinionMatching
import OpinionTesting

/// A shard and everything around it, moved at random by a seed; a second shard that was restored from
/// the first one's records is told the same from then on.
struct World {
    var chance: Chance
    var ledger: Ledger
    var now = Story.begin
    var twins: Twins
    var directory = Directory()
    var mirror: [RequestKey: Request] = [:]
    var said: [Event] = []
    var ids = 0
    var requests = 0
    /// How often each thing happened, to see that the walk goes everywhere.
    var tally: [String: Int] = [:]

    static let hour: Int64 = 3_600_000
    static let networks = ["net-a", "net-b"]

    init(seed: UInt64) {
        chance = Chance(seed: seed)
        var policy = Story.policy
        policy.retention = 2 * Day.milliseconds
        // Longer than an ended request is remembered, in some.
        policy.workloadPause = [0, 5 * Self.hour, 120 * Self.hour][Int(seed % 3)]
        twins = Twins(Shard(number: 0, policy: policy))
        ledger = Ledger(policy: policy)
        for _ in 0..<5 { profile() }
    }

    var problems: [String] { ledger.problems + twins.problems }
    var live: Shard { twins.live }

    // MARK: A step

    mutating func step() {
        pass()
        if chance.percent(70) { tick() }
        switch chance.below(100) {
        case 0..<22: submit()
        case 22..<32: amend()
        case 32..<38: withdraw()
        case 38..<64: respond()
        case 64..<70: direct()
        case 70..<73: respondWrongly()
        case 73..<80: repeatOne()
        case 80..<82: stale()
        case 82..<94: profile()
        case 94..<96: garble()
        default: retire()
        }
        tick()
        if chance.percent(15) { twins.drain() }
        if chance.percent(4) { restore() }
        look()
    }

    private mutating func pass() {
        switch chance.below(100) {
        case 0..<3:
            twins.drain()
            now = now.advanced(by: Int64(chance.within(12...60)) * Self.hour)
        case 3..<20: now = now.advanced(by: Int64(chance.within(1...8)) * Self.hour)
        default: now = now.advanced(by: Int64(chance.within(0...20)) * 60_000)
        }
    }

    mutating func tell(_ told: [Announcement]) {
        for announcement in told {
            count(announcement.kind.name)
            ledger.take(announcement)
        }
    }

    mutating func count(_ name: String) { tally[name, default: 0] += 1 }

    mutating func tick() {
        guard let told = twins.tick(at: now) else { return }
        count("timer")
        tell(told)
        reflect()
    }

    mutating func say(_ message: Message, of key: RequestKey, time: Moment) {
        ids += 1
        let event = Event(
            key: key,
            fingerprint: EventFingerprint(
                identity: EventIdentity(source: "/walk", id: "e\(ids)"),
                content: message.content(of: "\(key)")
            ),
            time: time,
            cause: Cause(eventID: "e\(ids)"),
            message: message
        )
        said.append(event)
        hear(event)
    }

    mutating func hear(_ event: Event) {
        let now = now
        tell(twins.both { $0.wake(event.key.network, at: now, into: &$1) }.told)
        let holder = ledger.seats[event.key]?.specialist
        ledger.listen(to: event, at: max(now, live.decidedAt))
        let (outcome, told) = twins.both { $0.step(event, at: now, into: &$1) }
        if outcome == .applied {
            learn(event, holder)
        } else {
            ledger.check(told.isEmpty, "\(outcome) tells \(told)")
            learnLate(event, outcome)
        }
        count("\(event.message.kind) \(outcome.name)")
        tell(told)
        ledger.settle(outcome)
        reflect()
    }

    /// A submission that its own amendment overtook tells since when the patient has waited.
    private mutating func learnLate(_ event: Event, _ outcome: Outcome) {
        guard outcome == .superseded, case .submitted = event.message,
            ledger.known[event.key]?.submission != nil
        else { return }
        ledger.known[event.key]?.askedAt = event.time
    }

    /// What an applied event makes known.
    private mutating func learn(_ event: Event, _ holder: Specialist.ID?) {
        var known = ledger.known[event.key] ?? Ledger.Known()
        switch event.message {
        case .submitted(let new), .amended(let new):
            known.submission = new
            known.askedAt = known.askedAt ?? new.submittedAt
        case .declined(_, .conflict), .givenBack: known.barred += [holder].compactMap(\.self)
        case .declined(_, let reason):
            known.reluctant += [holder].compactMap(\.self)
            if reason == .workload, let holder { pause(holder, in: event.key.network) }
        case .withdrawn, .directed, .accepted, .delivered: break
        }
        ledger.known[event.key] = known
    }

    mutating func pause(_ id: Specialist.ID, in network: String) {
        ledger.pause(id, in: network, from: live.decidedAt)
        if ledger.policy.workloadPause > 0 { count("pause") }
    }

    /// Takes over from the records as another instance would.
    private mutating func restore() {
        let now = now
        tell(
            twins.both { shard, outbox in
                shard.tick(at: now, into: &outbox)
                shard.reassess(into: &outbox)
                return true
            }.told
        )
        reflect()
        count("restored")
        twins.restore(from: directory, isCompacted: !chance.percent(50), at: now)
    }
}

extension AnnouncementKind {
    fileprivate var name: String {
        switch self {
        case .assigned: "assigned"
        case .rescinded(_, _, let reason): "rescinded \(reason.rawValue)"
        case .waiting: "waiting"
        case .unmatchable: "unmatchable"
        case .awaitingRecords: "awaiting records"
        case .reminder(let reminder): "reminder \(reminder.clock.rawValue)"
        case .escalated(let escalation): "escalated \(escalation.reason.name)"
        case .closed: "closed"
        case .reportReady: "report"
        }
    }
}

extension Outcome {
    fileprivate var name: String {
        switch self {
        case .applied: "applied"
        case .duplicate: "duplicate"
        case .superseded: "superseded"
        case .refused(let refusal): refusal.reason.rawValue
        }
    }
}
