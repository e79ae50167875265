import OpinionFlow
import OpinionMatching
import OpinionTesting

/// The books kept by somebody who hears only what is announced, and holds it against the contract.
struct Ledger {
    struct Seat: Hashable {
        var assignment: AssignmentID
        var specialist: Specialist.ID
        /// Of the request when it was given.
        var kind = RequestKind.single
    }

    /// Somebody in a network.
    struct Member: Hashable {
        var network: String
        var specialist: Specialist.ID
    }

    struct Day: Hashable {
        var network: String
        var specialist: Specialist.ID
        var day: OpinionMatching.Day
    }

    /// What is known of a request without asking the shard.
    struct Known {
        var submission: Submission?
        /// When the patient asked first: an amendment doesn't change that.
        var askedAt: Moment?
        var told = 0
        var attempts = 0
        var isEnded = false
        /// Declined for a conflict, or gave a seat back.
        var barred: [Specialist.ID] = []
        var reluctant: [Specialist.ID] = []
    }

    let policy: Policy
    var profiles: [Specialist.ID: Specialist] = [:]
    var known: [RequestKey: Known] = [:]
    private(set) var seats: [RequestKey: Seat] = [:]
    private var given: [Day: Int] = [:]
    /// Until when those who declined for their workload get nothing.
    private var pauses: [Member: Moment] = [:]
    private(set) var problems: [String] = []
    /// What an operator has just said, and why whom it names may not take the seat.
    private var directive: (key: RequestKey, said: Directive, barrier: Ineligibility?)?

    init(policy: Policy) { self.policy = policy }

    mutating func complain(_ problem: String) { problems.append(problem) }

    mutating func check(_ isTrue: Bool, _ problem: @autoclosure () -> String) {
        if !isTrue { complain(problem()) }
    }

    // MARK: Who could do what

    func colleagues(of network: String, at now: Moment) -> [Colleague] {
        profiles.values.filter { $0.network == network }.map { profile in
            var work = Caseload(units: held(by: profile.id, in: network))
            for kind in RequestKind.allCases {
                work.seats[kind] = held(by: profile.id, in: network, kind)
            }
            let monday = Calendar.monday(of: now)
            for (day, count) in given where day.network == network && day.specialist == profile.id {
                if day.day == now.day { work.today += count }
                if monday <= day.day.begin { work.week += count }
            }
            let pause = pauses[Member(network: network, specialist: profile.id)]
            return Colleague(profile, work, pausedUntil: pause)
        }
    }

    /// Whoever declines for their workload pauses, and the longest pause counts.
    mutating func pause(_ id: Specialist.ID, in network: String, from now: Moment) {
        guard policy.workloadPause > 0 else { return }
        let end = now.advanced(by: policy.workloadPause)
        let member = Member(network: network, specialist: id)
        pauses[member] = max(pauses[member] ?? end, end)
    }

    /// Mondays, counted from one of them.
    private enum Calendar {
        static func monday(of now: Moment) -> Moment {
            let known = Moment(milliseconds: 1_795_392_000_000)  // 2026-11-23T00:00:00Z
            let week = 7 * OpinionMatching.Day.milliseconds
            var monday = known
            while now < monday { monday = monday.advanced(by: -week) }
            while monday.advanced(by: week) <= now { monday = monday.advanced(by: week) }
            return monday
        }
    }

    func held(by id: Specialist.ID, in network: String, _ kind: RequestKind? = nil) -> Int {
        seats.count { key, seat in
            key.network == network && seat.specialist == id && (kind ?? seat.kind) == seat.kind
        }
    }

    /// What each remembered request of a network asks for.
    func wanted(in network: String) -> [Demand] {
        known.filter { $0.key.network == network }.compactMap { $0.value.submission?.demand }
    }

    func need(of key: RequestKey) -> Need? {
        guard let known = known[key], let submission = known.submission else { return nil }
        return Need(
            family: submission.family,
            disciplines: disciplines(of: submission),
            languages: submission.languages.map { $0.split(separator: "-")[0].lowercased() },
            residence: submission.residence,
            due: submission.due.day,
            firstOpinion: submission.firstOpinion,
            excluded: submission.excluded + known.barred,
            age: submission.age,
            preferences: submission.preferences,
            asked: known.askedAt ?? submission.submittedAt,
            reluctant: known.reluctant,
            kind: submission.kind,
            cost: 1,
            tieSeed: key.tie
        )
    }

    private func disciplines(of submission: Submission) -> [String] {
        guard submission.kind == .pathologyReview else { return submission.disciplines }
        let asked = submission.disciplines.filter { policy.pathologyDisciplines.contains($0) }
        return asked.isEmpty ? policy.pathologyDisciplines : asked
    }

    /// Who passes every rule for a request at that moment.
    func eligible(for key: RequestKey, at now: Moment) -> [Specialist.ID] {
        guard let need = need(of: key) else { return [] }
        let reference = Reference(need, policy.matching, at: now)
        return colleagues(of: key.network, at: now)
            .filter { $0.profile.isActive && $0.work.units < $0.profile.capacity.units }
            .filter { reference.firstBroken(by: $0) == nil }
            .map(\.profile.id)
    }

    // MARK: The operator's word

    /// Notes a directive before the shard hears it.
    mutating func listen(to event: Event, at now: Moment) {
        guard case .directed(let said) = event.message, let need = need(of: event.key) else {
            return directive = nil
        }
        let named = colleagues(of: event.key.network, at: now).first {
            $0.profile.id == said.specialist
        }
        let barrier = Reference(need, policy.matching, at: now).ineligibility(of: named)
        directive = (event.key, said, barrier)
    }

    /// Holds what became of it against the rules.
    mutating func settle(_ outcome: Outcome) {
        guard let (key, said, barrier) = directive else { return }
        directive = nil
        switch outcome {
        case .applied:
            check(seats[key]?.specialist == said.specialist, "\(key) is directed and not given")
        case .refused(let refusal) where refusal.reason == .notEligible:
            check(refusal.ineligibility == barrier, "\(said) fails for \(refusal)")
            check(barrier != nil, "\(said) is refused and could")
        case .refused, .duplicate, .superseded: break
        }
    }

    // MARK: What is told

    mutating func take(_ announcement: Announcement) {
        let key = announcement.key
        let name = "\(key.request)#\(announcement.number)"
        var known = known[key] ?? Known()
        check(announcement.number == known.told + 1, "\(name) follows \(known.told)")
        check(!known.isEnded, "\(name) is told after the end")
        known.told = announcement.number
        self.known[key] = known
        switch announcement.kind {
        case .assigned(let assignment): assign(assignment, of: key, at: announcement.at, name)
        case .rescinded(let id, let specialist, _):
            let seat = seats.removeValue(forKey: key)
            check(
                seat?.assignment == id && seat?.specialist == specialist,
                "\(name) takes back what wasn't given"
            )
        case .waiting(_, let exclusions), .unmatchable(_, let exclusions, _):
            wait(announcement.kind, exclusions, of: key, at: announcement.at, name)
        case .awaitingRecords: complain("\(name) needs records")
        case .reminder: break
        case .escalated(let escalation): escalate(escalation, of: key, at: announcement.at, name)
        case .closed: end(key, "\(name) closes while somebody holds the seat", hasSeat: false)
        case .reportReady(let report):
            let entry = report.entries.first
            let seat = seats[key]
            check(
                report.entries.count == 1 && entry?.assignment == seat?.assignment
                    && entry?.specialist == seat?.specialist,
                "\(name) reports what wasn't given"
            )
            end(key, "\(name) reports without a seat", hasSeat: true)
        }
    }

    private mutating func escalate(
        _ escalation: Escalation,
        of key: RequestKey,
        at now: Moment,
        _ name: String
    ) {
        guard let submission = known[key]?.submission else {
            return complain("\(name) is about nothing")
        }
        switch escalation.reason {
        case .overdue: check(submission.due <= now, "\(name) is not due")
        case .late(.assign), .late(.records):
            check(seats[key] == nil, "\(name) does not wait")
        case .late(.accept), .late(.deliver):
            check(seats[key] != nil, "\(name) is late for nothing")
        }
    }

    private mutating func end(_ key: RequestKey, _ problem: String, hasSeat: Bool) {
        check((seats.removeValue(forKey: key) != nil) == hasSeat, problem)
        known[key]?.isEnded = true
    }

    private mutating func assign(
        _ assignment: Assignment,
        of key: RequestKey,
        at now: Moment,
        _ name: String
    ) {
        guard let need = need(of: key), let profile = profiles[assignment.specialist] else {
            return complain("\(name) assigns what nobody asked for")
        }
        let colleagues = colleagues(of: key.network, at: now)
        let reference = Reference(need, policy.matching, at: now)
        let said = directive.flatMap { $0.key == key ? $0.said : nil }
        let expected = reference.decision(
            among: colleagues,
            wanted: wanted(in: key.network),
            directedTo: said?.specialist
        )
        check(
            assignment.directed == said?.authorization,
            "\(name) is directed by nobody, or somebody"
        )
        let chosen = colleagues.first { $0.profile.id == assignment.specialist }
        let attempt = (known[key]?.attempts ?? 0) + 1
        check(assignment.decision == expected, "\(name) \(assignment.decision) is not \(expected)")
        check(expected.chosen == assignment.specialist, "\(name) is not the best")
        check(reference.ineligibility(of: chosen) == nil, "\(name) breaks a rule")
        check(assignment.id == AssignmentID(seat: 1, attempt: attempt), "\(name) skips an attempt")
        check(assignment.unitsBefore == chosen?.work.units, "\(name) knows another load")
        check(assignment.capacity == profile.capacity.units, "\(name) knows another capacity")
        check(assignment.unitsBefore < assignment.capacity, "\(name) exceeds the capacity")
        check(seats[key] == nil, "\(name) gives a seat twice")
        known[key]?.attempts = attempt
        seats[key] = Seat(
            assignment: assignment.id,
            specialist: assignment.specialist,
            kind: need.kind
        )
        let day = Day(network: key.network, specialist: assignment.specialist, day: now.day)
        given[day, default: 0] += 1
    }

    private mutating func wait(
        _ kind: AnnouncementKind,
        _ exclusions: Exclusions,
        of key: RequestKey,
        at now: Moment,
        _ name: String
    ) {
        guard let need = need(of: key) else { return complain("\(name) is of nobody") }
        let decision = Reference(need, policy.matching, at: now)
            .decision(among: colleagues(of: key.network, at: now))
        let isUnmatchable = if case .unmatchable = kind { true } else { false }
        let canPass = decision.excluded[.availability] + decision.excluded[.capacity] > 0
        check(decision.eligible == 0, "\(name) waits though \(decision.candidates) could")
        check(decision.excluded == exclusions, "\(name) waits for other reasons")
        check(isUnmatchable == !canPass, "\(name) mistakes waiting for unmatchable")
        check(seats[key] == nil, "\(name) waits with a seat")
    }
}
