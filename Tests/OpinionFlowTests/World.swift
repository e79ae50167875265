import OpinionFlow
import OpinionMatching
import OpinionTesting
import OpinionWire

/// A shard and everything around it, moved at random by a seed; a second shard that was restored from
/// the first one's records is told the same from then on.
struct World {
    private(set) var chance: Chance
    private(set) var ledger: Ledger
    private var now = Story.begin
    private var live: Shard
    private var twin: Shard?
    private var directory = Directory()
    private var mirror: [RequestKey: Request] = [:]
    private var log: [Record] = []
    private var said: [Event] = []
    private var ids = 0
    private var requests = 0
    /// How often each thing happened, to see that the walk goes everywhere.
    private(set) var tally: [String: Int] = [:]

    private static let hour: Int64 = 3_600_000
    private static let networks = ["net-a", "net-b"]

    init(seed: UInt64) {
        chance = Chance(seed: seed)
        var policy = Story.policy
        policy.retention = 2 * Day.milliseconds
        // Longer than an ended request is remembered, in some.
        policy.workloadPause = [0, 5 * Self.hour, 120 * Self.hour][Int(seed % 3)]
        live = Shard(number: 0, policy: policy)
        ledger = Ledger(policy: policy)
        for _ in 0..<5 { profile() }
    }

    var problems: [String] { ledger.problems }

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
        if chance.percent(15) { drain() }
        if chance.percent(4) { restore() }
        look()
    }

    private mutating func pass() {
        switch chance.below(100) {
        case 0..<3:
            drain()
            now = now.advanced(by: Int64(chance.within(12...60)) * Self.hour)
        case 3..<20: now = now.advanced(by: Int64(chance.within(1...8)) * Self.hour)
        default: now = now.advanced(by: Int64(chance.within(0...20)) * 60_000)
        }
    }

    /// Does the same to both shards; they have to answer and tell the same.
    @discardableResult
    private mutating func both<Answer: Equatable>(
        _ body: (inout Shard, inout Outbox) -> Answer
    ) -> (answer: Answer, told: [Announcement]) {
        var outbox = Outbox()
        let answer = body(&live, &outbox)
        if var other = twin {
            var told = Outbox()
            let same = body(&other, &told)
            twin = other
            ledger.check(answer == same, "restored answers \(same), not \(answer)")
            ledger.check(
                outbox.announcements == told.announcements,
                "restored tells \(told.announcements), not \(outbox.announcements)"
            )
        }
        return (answer, outbox.announcements)
    }

    private mutating func tell(_ told: [Announcement]) {
        for announcement in told {
            count(announcement.news.name)
            ledger.take(announcement)
        }
    }

    private mutating func count(_ name: String) { tally[name, default: 0] += 1 }

    private mutating func tick() {
        let (now, due) = (now, live.nextTimer)
        if let twin { ledger.check(twin.nextTimer == due, "restored has another timer") }
        guard let due, due <= now else { return }
        count("timer")
        let told = both { shard, outbox in shard.tick(at: now, into: &outbox) == () }.told
        tell(told)
        ledger.check(live.nextTimer.map { now < $0 } ?? true, "a timer never ends")
        reflect()
    }

    // MARK: The intake

    private mutating func submit() {
        if chance.percent(15), let key = someKey() {
            say(.submitted(submission()), of: key, time: now)
        } else {
            requests += 1
            let key = RequestKey(network: chance.pick(Self.networks), request: "r\(requests)")
            say(.submitted(submission()), of: key, time: now)
        }
    }

    private mutating func amend() {
        guard let key = someKey() else { return }
        let time = now.advanced(by: -Int64(chance.below(3)) * Self.hour)
        say(.amended(submission()), of: key, time: time)
    }

    private mutating func withdraw() {
        if chance.percent(75), let key = someKey() { return say(.withdrawn, of: key, time: now) }
        requests += 1
        let key = RequestKey(network: chance.pick(Self.networks), request: "r\(requests)")
        say(.withdrawn, of: key, time: now)
        if chance.percent(50) { say(.submitted(submission()), of: key, time: now) }
    }

    private mutating func someKey() -> RequestKey? {
        let keys = ledger.known.keys.sorted()
        return keys.isEmpty ? nil : chance.pick(keys)
    }

    private mutating func submission() -> Submission {
        Submission(
            kind: chance.percent(85) ? .single : .pathologyReview,
            priority: chance.pick(Priority.allCases),
            submittedAt: now,
            due: now.advanced(by: Int64(chance.within(1...5)) * Day.milliseconds),
            family: chance.percent(70) ? .breast : .lung,
            age: chance.percent(50) ? nil : chance.within(16...20),
            residence: chance.percent(60) ? nil : chance.pick(["IN", "IN-KA"]),
            languages: chance.percent(50) ? [] : chance.some(["en-IN", "KN", "hi"], 60),
            disciplines: chance.percent(60) ? [] : chance.some(["surgery", "pathology"], 70),
            firstOpinion: chance.percent(60) ? nil : first(),
            excluded: chance.some(["sp-0", "sp-1", "sp-2"], 10).map(Specialist.ID.init),
            questions: chance.some(["q1", "q2"], 50),
            wishes: chance.percent(60) ? Wishes() : wishes()
        )
    }

    private mutating func wishes() -> Wishes {
        Wishes(
            sex: chance.percent(50) ? nil : chance.pick(["female", "male"]),
            level: chance.percent(50) ? nil : chance.within(2...5),
            specialist: chance.percent(70) ? nil : Specialist.ID("sp-\(chance.below(8))")
        )
    }

    private mutating func first() -> Need.FirstOpinion {
        Need.FirstOpinion(
            practitioner: chance.pick(["dr-1", "sp-0", "sp-3"]),
            organisation: chance.percent(50) ? "org-a" : nil,
            practiceGroup: chance.percent(50) ? "pg-1" : nil
        )
    }

    // MARK: The operator

    private mutating func direct() {
        let held = ledger.seats.keys.sorted()
        guard let key = chance.percent(30) || held.isEmpty ? someKey() : chance.pick(held) else {
            return
        }
        let directive = Directive(
            seat: chance.percent(60) ? nil : chance.within(1...2),
            specialist: Specialist.ID("sp-\(chance.below(8))"),
            warrant: Directive.Warrant(
                operatorID: "op-\(chance.below(3))",
                reason: chance.pick(Directive.Reason.allCases)
            )
        )
        say(.directed(directive), of: key, time: now)
    }

    // MARK: The specialists' answers

    private mutating func respond() {
        let seats = ledger.seats.sorted { $0.key < $1.key }
        guard !seats.isEmpty else { return }
        let (key, seat) = chance.pick(seats)
        let other = Specialist.ID("sp-\(chance.below(8))")
        let name = chance.percent(50) ? nil : chance.percent(85) ? seat.specialist : other
        say(answer(Answer(assignment: seat.assignment, specialist: name)), of: key, time: now)
    }

    private mutating func respondWrongly() {
        guard let key = someKey() else { return }
        let answer = Answer(
            assignment: chance.percent(20)
                ? nil : AssignmentID(seat: chance.within(1...2), attempt: chance.within(1...3)),
            specialist: chance.percent(50) ? nil : Specialist.ID("sp-\(chance.below(8))")
        )
        say(self.answer(answer), of: key, time: now)
    }

    private mutating func answer(_ answer: Answer) -> Message {
        switch chance.below(10) {
        case 0: .accepted(answer)
        case 1, 2: .givenBack(answer)
        case 3, 4, 5: .declined(answer, chance.pick(DeclineReason.allCases))
        default:
            .delivered(
                answer,
                Opinion(
                    diagnosis: chance.pick(Opinion.Diagnosis.allCases),
                    treatment: chance.percent(50) ? nil : chance.pick(Opinion.Treatment.allCases),
                    reportReference: "ref:\(chance.below(100))",
                    answers: chance.some(["q1", "q2"], 50)
                )
            )
        }
    }

    // MARK: What is said again, or too late

    private mutating func repeatOne() {
        guard !said.isEmpty else { return }
        var event = chance.pick(said.suffix(40))
        if chance.percent(30) { event.mark.content ^= 1 }
        hear(event)
    }

    private mutating func stale() {
        requests += 1
        let key = RequestKey(network: "net-a", request: "r\(requests)")
        say(.submitted(submission()), of: key, time: now.advanced(by: -2 * Day.milliseconds - 1))
    }

    private mutating func say(_ message: Message, of key: RequestKey, time: Moment) {
        ids += 1
        let event = Event(
            key: key,
            mark: Mark(
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

    private mutating func hear(_ event: Event) {
        let now = now
        tell(both { $0.wake(event.key.network, at: now, into: &$1) }.told)
        let holder = ledger.seats[event.key]?.specialist
        ledger.listen(to: event, at: max(now, live.decidedAt))
        let (outcome, told) = both { $0.step(event, at: now, into: &$1) }
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

    private mutating func pause(_ id: Specialist.ID, in network: String) {
        ledger.pause(id, in: network, from: live.decidedAt)
        if ledger.policy.workloadPause > 0 { count("pause") }
    }

    // MARK: The directory

    private mutating func profile() {
        let specialist = specialist(chance.below(8))
        ledger.profiles[specialist.id] = specialist
        apply(directory.profile(specialist), because: Cause(eventID: "p\(ids)"))
    }

    private mutating func garble() {
        let id = Specialist.ID("sp-\(chance.below(8))")
        ledger.profiles[id] = nil
        apply(directory.suspend(id), because: nil)
    }

    private mutating func retire() {
        let id = Specialist.ID("sp-\(chance.below(8))")
        ledger.profiles[id] = nil
        apply(directory.retire(id), because: nil)
        now = now.advanced(by: 3_000)
        tick()
        ledger.check(
            !ledger.seats.values.contains { $0.specialist == id }
                || !live.census(at: now).collapsed.isEmpty,
            "\(id.text) is retired and holds a seat"
        )
    }

    private mutating func apply(_ changes: [Directory.Change], because cause: Cause?) {
        let now = now
        let told = both { shard, outbox in
            for change in changes {
                shard.apply(change, because: cause, where: { _ in true }, at: now, into: &outbox)
            }
            shard.reassess(into: &outbox)
            return true
        }.told
        tell(told)
        reflect()
    }

    private mutating func specialist(_ number: Int) -> Specialist {
        var specialist = Specialist(
            id: Specialist.ID("sp-\(number)"),
            network: Self.networks[chance.percent(85) ? number % 2 : (number + 1) % 2],
            disciplines: chance.some(["surgery", "pathology", "radiology"], 80),
            expertise: chance.some([CancerFamily.breast, .lung], 85).map {
                Specialist.Expertise(family: $0, level: chance.within(1...5))
            },
            capacity: Specialist.Capacity(
                units: chance.within(0...4),
                dailyAssignments: chance.percent(60) ? nil : chance.within(1...3),
                weeklyAssignments: chance.percent(70) ? nil : chance.within(2...6),
                perKind: chance.percent(80) ? nil : KindCounts(chance.within(0...2))
            )
        )
        specialist.isActive = chance.percent(90)
        specialist.languages = chance.some(["en", "kn", "hi"], 75)
        specialist.licences = chance.some(["IN", "IN-KA"], 70).map {
            Specialist.Licence(
                jurisdiction: $0,
                until: Day(number: now.day.number + Int32(chance.below(9)))
            )
        }
        specialist.sex = chance.pick(["female", "male", nil])
        specialist.organisation = chance.percent(20) ? "org-a" : "org-b"
        specialist.practiceGroups = chance.some(["pg-1"], 20)
        specialist.declaredConflicts = chance.some(["dr-1", "org-a"], 10)
        if chance.percent(30) { specialist.ageScope = Specialist.AgeScope(min: 18, max: nil) }
        if chance.percent(30) {
            let begin = now.advanced(by: Int64(chance.within(-5...5)) * Self.hour)
            let end = begin.advanced(by: Int64(chance.within(1...20)) * Self.hour)
            specialist.absences = [Specialist.Absence(begin: begin, end: end)]
        }
        return specialist
    }

    // MARK: Records

    /// Looks at what would be written now, without writing it.
    private mutating func reflect() {
        var copy = live
        var (written, erased): ([Request], [RequestKey]) = ([], [])
        copy.drain(
            write: { request in
                written.append(request)
                return 1
            },
            erase: { erased.append($0) }
        )
        let back = Set(written.map(\.key))
        for key in erased where !back.contains(key) {
            mirror[key] = nil
            ledger.known[key] = nil
            count("forgotten")
        }
        for request in written { mirror[request.key] = request }
    }

    private mutating func drain() {
        log += live.records()
        guard var other = twin else { return }
        _ = other.records()
        twin = other
        ledger.check(other.digest == live.digest, "restored has another digest")
    }

    /// Takes over from the records as another instance would.
    private mutating func restore() {
        let now = now
        tell(
            both { shard, outbox in
                shard.tick(at: now, into: &outbox)
                shard.reassess(into: &outbox)
                return true
            }.told
        )
        reflect()
        drain()
        count("restored")
        var outbox = Outbox()
        var other = Shard(number: 0, policy: live.policy)
        for problem in other.restore(chance.percent(50) ? log : compacted) {
            ledger.complain(problem)
        }
        other.settle(decidedAt: live.decidedAt)
        for specialist in directory.specialists(where: { _ in true }) { other.load(specialist) }
        other.advance(to: now)
        other.reconcile(with: directory)
        other.reassess(into: &outbox)
        other.tick(at: now, into: &outbox)
        ledger.check(outbox.announcements.isEmpty, "restoring tells \(outbox.announcements)")
        ledger.check(!other.isTouched, "restoring changes records")
        ledger.check(other.digest == live.digest, "restoring reads another digest")
        ledger.check(other.census(at: now) == live.census(at: now), "restoring counts otherwise")
        twin = other
    }

    /// The last record of each key, in the order in which they were written.
    private var compacted: [Record] {
        var seen: Set<[UInt8]> = []
        return log.reversed().filter { seen.insert($0.key ?? []).inserted }.reversed()
    }

    // MARK: What must hold at rest

    private mutating func look() {
        var held: [RequestKey: Ledger.Seat] = [:]
        var census = Census()
        for (key, request) in mirror {
            let told = ledger.known[key]?.told
            ledger.check(request.told == told, "\(request) is not told \(told ?? 0) times")
            guard case .open(let open) = request.phase else { continue }
            census.requestsOpen += 1
            if open.submission.due < live.decidedAt { census.overdue += 1 }
            for seat in open.seats {
                switch seat.state {
                case .held(let holding):
                    let id = AssignmentID(seat: seat.id, attempt: seat.attempt)
                    held[key] = Ledger.Seat(
                        assignment: id,
                        specialist: holding.specialist,
                        kind: holding.kind
                    )
                case .waiting(let waiting):
                    census.requestsWaiting += 1
                    census.oldestWaiting = min(census.oldestWaiting ?? waiting.since, waiting.since)
                    let idle = ledger.eligible(for: key, at: live.decidedAt)
                    ledger.check(idle.isEmpty, "\(key.request) waits though \(idle) could")
                case .delivered: ledger.complain("\(key.request) is open and delivered")
                }
            }
        }
        let seats = ledger.seats
        ledger.check(held == seats, "\(held) are held, not \(seats)")
        for profile in ledger.profiles.values {
            census.unitsUsed += ledger.held(by: profile.id, in: profile.network)
            guard profile.isActive else { continue }
            census.specialists += 1
            census.capacityUnits += profile.capacity.units
        }
        let counted = live.census(at: live.decidedAt)
        ledger.check(counted == census, "\(counted) is counted, not \(census)")
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

extension News {
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
