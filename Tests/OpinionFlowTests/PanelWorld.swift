import OpinionFlow
import OpinionMatching
import OpinionTesting
import OpinionWire

/// A shard with panels and single seats, moved at random by a seed.
///
/// Somebody keeps books by what is told alone. A second shard that was restored from records is told the same from then on.
struct PanelWorld {
    /// A seat as it was given or offered to somebody.
    struct Grant: Hashable, Comparable {
        var key: RequestKey
        var id: AssignmentID

        static func < (left: Grant, right: Grant) -> Bool {
            (left.key, left.id.seat, left.id.attempt) < (right.key, right.id.seat, right.id.attempt)
        }
    }

    struct Holding {
        var specialist: Specialist.ID
        var cost: Int
        /// Whether somebody is asked who hasn't accepted.
        var isOpen: Bool
    }

    private var chance: Chance
    private(set) var problems: [String] = []
    private(set) var tally: [String: Int] = [:]
    private var now = Story.begin
    private var live: Shard
    private var twin: Shard?
    private var directory = Directory()
    private var profiles: [Specialist.ID: Specialist] = [:]
    private var log: [Record] = []
    private var ids = 0
    private var requests = 0
    private var submissions: [RequestKey: Submission] = [:]
    private var told: [RequestKey: Int] = [:]
    private var ended: Set<RequestKey> = []
    /// Who holds which seat, and who delivered on it.
    private var held: [Grant: Holding] = [:]
    private var delivered: [Grant: Specialist.ID] = [:]
    /// Whoever was given a seat, as they were then.
    private var seatedAs: [Grant: Specialist] = [:]
    /// Until when those get nothing who declined for their workload.
    private var pauses: [Specialist.ID: Moment] = [:]

    private static let disciplines = [
        "pathology", "radiology", "medical-oncology", "surgical-oncology", "radiation-oncology",
        "hpb-surgery",
    ]
    private static let families: [CancerFamily] = [.breast, .hpb, .sarcoma, .lung]

    init(seed: UInt64) {
        chance = Chance(seed: seed)
        var policy = Story.policy
        policy.retention = 2 * Day.milliseconds
        policy.panels.quorum = chance.within(1...4)
        policy.panels.perOrganisation = chance.within(1...3)
        policy.panels.adjudicates = chance.percent(70)
        if chance.percent(20) { policy.panels.first = [] }
        policy.offersSeats = chance.percent(50)
        policy.offersAtOnce = chance.within(1...3)
        if chance.percent(40) { policy.records.required = ["path-report"] }
        if chance.percent(30) { policy.records.byFamily[.lung] = ["imaging", "path-report"] }
        if chance.percent(30) { policy.expiresAfter = 6 * Day.milliseconds }
        if chance.percent(50) {
            policy.clocks[.deliver] = ClockLimits(
                remindHours: [12, 8, 4, 0],
                reassignHours: [36, 24, 12, 6],
                escalateHours: [24, 12, 0, 3]
            )
        }
        policy.workloadPause = seed.isMultiple(of: 2) ? 30 * 3_600_000 : 0
        policy.costs.chair = chance.within(1...2)
        policy.costs.single = chance.within(1...2)
        live = Shard(number: 0, policy: policy)
        for number in 0..<14 where chance.percent(80) { profile(number) }
    }

    // MARK: A step

    mutating func step() {
        now = now.advanced(by: Int64(chance.pick([0, 1, 20, 300])) * 60_000)
        wake()
        switch chance.below(100) {
        case 0..<14: submit()
        case 14..<20: amend()
        case 20..<23: withdraw()
        case 23..<74: respond()
        case 74..<80: direct()
        case 80..<90: profile(chance.below(14))
        case 90..<93: retire()
        case 93..<95: garble()
        default: now = now.advanced(by: Int64(chance.within(1...40)) * 3_600_000)
        }
        tick()
        if chance.percent(5) { restore() }
        look()
    }

    private mutating func both<Answer: Equatable>(
        _ body: (inout Shard, inout Outbox) -> Answer
    ) -> Answer {
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
        for announcement in outbox.announcements { hear(announcement) }
        return answer
    }

    private static let network = "net"

    /// Comes before each event.
    private mutating func wake() {
        let now = now
        _ = both { $0.wake(Self.network, at: now, into: &$1) }
    }

    private mutating func check(_ holds: Bool, _ problem: @autoclosure () -> String) {
        if !holds { problems.append(problem()) }
    }

    private mutating func tick() {
        let now = now
        guard let due = live.nextTimer, due <= now else { return }
        _ = both { shard, outbox in shard.tick(at: now, into: &outbox) == () }
        check(live.nextTimer.map { now < $0 } ?? true, "a timer never ends")
    }

    // MARK: What is said

    private mutating func submission() -> Submission {
        var submission = Submission(
            kind: chance.percent(70) ? .panel : .single,
            priority: chance.pick(Priority.allCases),
            submittedAt: now,
            due: now.advanced(by: Int64(chance.within(4...60)) * 3_600_000),
            family: chance.percent(80) ? .breast : .hpb,
            disciplines: chance.percent(80) ? [] : ["hpb-surgery"],
            firstOpinion: chance.percent(60)
                ? nil
                : Need.FirstOpinion(
                    practitioner: "sp-\(chance.below(14))",
                    organisation: nil,
                    practiceGroup: nil
                ),
            excluded: chance.some(["sp-1", "sp-2"], 20).map(Specialist.ID.init),
            records: chance.some(["path-report", "imaging"], 70)
        )
        submission.organs = FamilySet(chance.some(Self.families, 30))
        return submission
    }

    private mutating func submit() {
        requests += 1
        let key = RequestKey(network: Self.network, request: "r\(requests)")
        let submission = submission()
        submissions[key] = submission
        say(.submitted(submission), of: key)
    }

    private mutating func someKey() -> RequestKey? {
        let keys = submissions.keys.filter { !ended.contains($0) }.sorted()
        return keys.isEmpty ? nil : chance.pick(keys)
    }

    private mutating func amend() {
        guard let key = someKey() else { return }
        let submission = submission()
        submissions[key] = submission
        say(.amended(submission), of: key)
    }

    private mutating func withdraw() {
        guard let key = someKey() else { return }
        say(.withdrawn, of: key)
    }

    private mutating func respond() {
        guard !held.isEmpty else { return }
        let grant = chance.pick(held.keys.sorted())
        let answer = Answer(assignment: grant.id, specialist: nil)
        switch chance.below(10) {
        case 0:
            held[grant]?.isOpen = false
            say(.accepted(answer), of: grant.key)
        case 1: say(.givenBack(answer), of: grant.key)
        case 2: decline(answer, of: grant)
        default:
            // First, since the report that it may make is told at once.
            delivered[grant] = held.removeValue(forKey: grant)?.specialist
            say(.delivered(answer, opinion()), of: grant.key)
        }
    }

    /// Anybody to any seat, or a colleague of the same discipline to a seat that somebody has.
    private mutating func direct() {
        guard chance.percent(80), !held.isEmpty else {
            guard let key = someKey() else { return }
            let seat = chance.percent(20) ? nil : chance.within(1...7)
            return direct(key, seat: seat, to: Specialist.ID("sp-\(chance.below(14))"))
        }
        let grant = chance.pick(held.keys.sorted())
        let discipline = held[grant].flatMap { profiles[$0.specialist] }?.disciplines
        let colleagues = profiles.values.filter { $0.disciplines == discipline }.map(\.id).sorted()
        guard !colleagues.isEmpty else { return }
        direct(grant.key, seat: grant.id.seat, to: chance.pick(colleagues))
    }

    private mutating func direct(_ key: RequestKey, seat: Int?, to id: Specialist.ID) {
        let warrant = Directive.Warrant(operatorID: "op-1", reason: .workload)
        say(.directed(Directive(seat: seat, specialist: id, warrant: warrant)), of: key)
    }

    private mutating func decline(_ answer: Answer, of grant: Grant) {
        let reason = chance.pick(DeclineReason.allCases)
        // First, since the seat is filled anew at once.
        if reason == .workload, let id = held[grant]?.specialist {
            pauses[id] = now.advanced(by: live.policy.workloadPause)
        }
        say(.declined(answer, reason), of: grant.key)
    }

    private mutating func opinion() -> Opinion {
        Opinion(
            diagnosis: chance.percent(60) ? .confirmed : chance.pick(Opinion.Diagnosis.allCases),
            family: chance.percent(50) ? nil : chance.pick(Self.families),
            treatment: chance.percent(30) ? nil : chance.pick(Opinion.Treatment.allCases)
        )
    }

    private mutating func say(_ message: Message, of key: RequestKey) {
        ids += 1
        let event = Event(
            key: key,
            mark: Mark(
                identity: EventIdentity(source: "/walk", id: "e\(ids)"),
                content: UInt64(ids)
            ),
            time: now,
            cause: Cause(eventID: "e\(ids)"),
            message: message
        )
        let (now, before) = (now, told)
        let outcome = both { $0.step(event, at: now, into: &$1) }
        count("\(message.kind) \(outcome == .applied ? "applied" : "not")")
        let mayBeRefused = message.kind == .directed && told == before
        check(outcome == .applied || mayBeRefused, "\(message.kind) of \(key.request): \(outcome)")
    }

    // MARK: The directory

    private mutating func profile(_ number: Int) {
        var specialist = Specialist(
            id: Specialist.ID("sp-\(number)"),
            network: Self.network,
            disciplines: [Self.disciplines[number % Self.disciplines.count]],
            expertise: chance.some(Self.families, 60).map {
                Specialist.Expertise(family: $0, level: 3)
            },
            capacity: Specialist.Capacity(units: chance.within(0...4))
        )
        specialist.organisation = "org-\(chance.below(4))"
        specialist.practiceGroups = chance.some(["pg-1", "pg-2"], 20)
        specialist.isActive = chance.percent(92)
        specialist.acceptance = chance.percent(50) ? .auto : .manual
        profiles[specialist.id] = specialist
        apply(directory.profile(specialist), because: Cause(eventID: "p\(ids)"))
    }

    private mutating func retire() {
        let id = Specialist.ID("sp-\(chance.below(14))")
        profiles[id] = nil
        apply(directory.retire(id), because: nil)
        // Far enough apart to be no collapse: a restored shard doesn't know of those who held no seat.
        now = now.advanced(by: 660_000)
    }

    private mutating func garble() {
        let unreadable = directory.count { if case .unreadable = $0 { true } else { false } }
        guard unreadable < 3 else { return }
        let id = Specialist.ID("sp-\(chance.below(14))")
        profiles[id] = nil
        apply(directory.suspend(id), because: nil)
    }

    private mutating func apply(_ changes: [Directory.Change], because cause: Cause?) {
        let now = now
        _ = both { shard, outbox in
            for change in changes {
                shard.apply(change, because: cause, where: { _ in true }, at: now, into: &outbox)
            }
            shard.reassess(into: &outbox)
            return true
        }
    }

    // MARK: What is told

    private mutating func count(_ name: String) { tally[name, default: 0] += 1 }

    private mutating func hear(_ announcement: Announcement) {
        let key = announcement.key
        check(announcement.number == (told[key] ?? 0) + 1, "\(key.request) skips a number")
        check(!ended.contains(key), "\(key.request) is told after its end")
        told[key] = announcement.number
        switch announcement.news {
        case .assigned(let assignment):
            let end = pauses[assignment.specialist] ?? .distantPast
            let mayHave = end <= announcement.at || assignment.directed != nil
            check(mayHave, "\(assignment.specialist.text) pauses")
            hear(assignment, of: key)
        case .rescinded(let id, let specialist, let reason):
            count("rescinded \(reason.rawValue)")
            let holding = held.removeValue(forKey: Grant(key: key, id: id))
            check(holding?.specialist == specialist, "\(key.request) takes back what nobody had")
        case .waiting: count("waiting")
        case .unmatchable: count("unmatchable")
        case .awaitingRecords: count("awaiting records")
        case .reminder(let reminder): count("reminder \(reminder.clock.rawValue)")
        case .escalated(let escalation): count("escalated \(escalation.reason.name)")
        case .closed: end(key)
        case .reportReady(let report): hear(report, of: key)
        }
    }

    private mutating func end(_ key: RequestKey) {
        check(!held.keys.contains { $0.key == key }, "\(key.request) ends while a seat is held")
        ended.insert(key)
        delivered = delivered.filter { $0.key.key != key }
        seatedAs = seatedAs.filter { $0.key.key != key }
    }

    private mutating func hear(_ report: Report, of key: RequestKey) {
        count("report \(report.consensus.agreement.rawValue)")
        if !report.missing.isEmpty { count("report with missing seats") }
        let mine = delivered.filter { $0.key.key == key }
        let named = Dictionary(
            uniqueKeysWithValues: report.entries.map {
                (Grant(key: key, id: $0.assignment), $0.specialist)
            }
        )
        check(named == mine, "\(key.request) reports others than delivered")
        check(
            report.missing.isEmpty || report.isQuorumMet || !report.entries.isEmpty,
            "\(key.request) reports nothing"
        )
        end(key)
    }

    private mutating func hear(_ assignment: Assignment, of key: RequestKey) {
        count("assigned \(assignment.role.rawValue)")
        if assignment.covers.count > 1 { count("assigned for several organs") }
        let grant = Grant(key: key, id: assignment.id)
        let id = assignment.specialist
        guard let profile = profiles[id], let submission = submissions[key] else {
            return check(false, "\(key.request) is given to nobody known")
        }
        let units = held.values.filter { $0.specialist == id }.reduce(0) { $0 + $1.cost }
        checkRivals(of: grant, assignment)
        check(assignment.unitsBefore == units, "\(id.text) holds \(units)")
        check(units + assignment.cost <= profile.capacity.units, "\(id.text) has no room")
        check((assignment.acceptBy != nil) == isAsked(profile), "\(id.text) is asked, or not")
        check(profile.isActive, "\(id.text) is not active")
        check(profile.disciplines.contains(assignment.discipline), "\(id.text) is no such doctor")
        let treated = profile.expertise.map(\.family)
        check(assignment.covers.allSatisfy(treated.contains), "\(id.text) treats \(treated)")
        check(!submission.excluded.contains(id), "\(id.text) is excluded")
        check(submission.firstOpinion?.practitioner != id.text, "\(id.text) gave the first opinion")
        checkColleagues(of: profile, assignment, key)
        seatedAs[grant] = profile
        let isOpen = assignment.acceptBy != nil
        held[grant] = Holding(specialist: id, cost: assignment.cost, isOpen: isOpen)
    }

    /// A seat is given once; the only one of its request may be offered to several who haven't accepted.
    private mutating func checkRivals(of grant: Grant, _ assignment: Assignment) {
        let name = grant.key.request
        let rivals = held.filter { $0.key.key == grant.key && $0.key.id.seat == grant.id.seat }
        check(rivals.count < live.policy.offersAtOnce, "\(name) gives a seat too often")
        check(rivals.keys.allSatisfy { $0.id != grant.id }, "\(name) gives an attempt twice")
        guard !rivals.isEmpty else { return }
        count("offered to several")
        let isOffer = assignment.acceptBy != nil && rivals.values.allSatisfy(\.isOpen)
        check(isOffer && submissions[grant.key]?.kind != .panel, "\(name) gives a seat twice")
    }

    private func isAsked(_ profile: Specialist) -> Bool {
        live.policy.offersSeats && profile.acceptance == .manual
    }

    private mutating func checkColleagues(
        of profile: Specialist,
        _ assignment: Assignment,
        _ key: RequestKey
    ) {
        let seats = (Array(held.keys) + Array(delivered.keys)).filter { $0.key == key }
        let sitsTwice = seats.contains { seatedAs[$0]?.id == profile.id }
        check(!sitsTwice, "\(profile.id.text) sits twice on \(key.request)")
        let known = seats.filter { $0.id.seat != assignment.id.seat }.compactMap { seatedAs[$0] }
        let same = known.count { $0.organisation == profile.organisation }
        check(same < live.policy.panels.perOrganisation, "\(key.request): too many of one house")
        guard assignment.role == .adjudicator else { return }
        check(same == 0, "\(key.request): the judge works with a reviewer")
        let groups = Set(known.flatMap(\.practiceGroups))
        check(groups.isDisjoint(with: profile.practiceGroups), "\(key.request): a common practice")
    }

    // MARK: What must hold at rest

    /// Nobody waits whom a free and eligible specialist could serve, and memory says what was told.
    private mutating func look() {
        var copy = live
        var outbox = Outbox()
        copy.reassessAll(into: &outbox)
        let idle = outbox.announcements.filter {
            if case .assigned = $0.news { true } else { false }
        }
        check(idle.isEmpty, "somebody waits though \(idle.map(\.news)) is free")
        var seats: [Grant: Specialist.ID] = [:]
        for request in live.snapshot {
            guard case .open(let open) = request.phase else { continue }
            let missing = live.policy.records.missing(in: open.submission)
            check(
                open.awaitsRecords == open.seats.isEmpty,
                "seats before the records, or none after"
            )
            check(!open.awaitsRecords || !missing.isEmpty, "waits for records that are there")
            for seat in open.seats {
                guard let holding = seat.holding else { continue }
                let id = AssignmentID(seat: seat.id, attempt: seat.attempt)
                seats[Grant(key: request.key, id: id)] = holding.specialist
            }
            let waiting = open.seats.filter { $0.holding == nil }
            check(
                waiting.allSatisfy { seat in open.seats.count { $0.id == seat.id } == 1 },
                "\(request.key.request) waits for somebody and is offered to others"
            )
        }
        let told = held.mapValues(\.specialist)
        check(seats == told, "memory holds \(seats), told was \(told)")
    }

    /// Takes over from the records as another instance would.
    private mutating func restore() {
        let now = now
        _ = both { shard, outbox in
            shard.tick(at: now, into: &outbox)
            shard.reassessAll(into: &outbox)
            return true
        }
        log += live.records()
        if var other = twin {
            _ = other.records()
            check(other.digest == live.digest, "restored has another digest")
        }
        var other = Shard(number: 0, policy: live.policy)
        for problem in other.restore(log) { check(false, problem) }
        other.settle(decidedAt: live.decidedAt)
        for specialist in directory.specialists(where: { _ in true }) { other.load(specialist) }
        other.advance(to: now)
        other.reconcile(with: directory)
        var outbox = Outbox()
        other.reassess(into: &outbox)
        other.tick(at: now, into: &outbox)
        check(outbox.announcements.isEmpty, "restoring tells \(outbox.announcements)")
        check(other.digest == live.digest, "restoring reads another digest")
        check(other.snapshot == live.snapshot, "restoring reads other requests")
        twin = other
        count("restored")
    }
}
