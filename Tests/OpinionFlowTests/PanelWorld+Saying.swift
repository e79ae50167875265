import OpinionFlow
import OpinionMatching
import OpinionTesting

// What intake, operators, specialists and the directory say, at random.
extension PanelWorld {
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

    mutating func submit() {
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

    mutating func amend() {
        guard let key = someKey() else { return }
        let submission = submission()
        submissions[key] = submission
        say(.amended(submission), of: key)
    }

    mutating func withdraw() {
        guard let key = someKey() else { return }
        say(.withdrawn, of: key)
    }

    mutating func respond() {
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
    mutating func direct() {
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
        let authorization = Directive.Authorization(operatorID: "op-1", reason: .workload)
        say(.directed(Directive(seat: seat, specialist: id, authorization: authorization)), of: key)
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

    // MARK: The directory

    mutating func profile(_ number: Int) {
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

    mutating func retire() {
        let id = Specialist.ID("sp-\(chance.below(14))")
        profiles[id] = nil
        apply(directory.retire(id), because: nil)
        // Far enough apart to be no collapse: a restored shard doesn't know of those who held no seat.
        now = now.advanced(by: 660_000)
    }

    mutating func garble() {
        let unreadable = directory.count { if case .unreadable = $0 { true } else { false } }
        guard unreadable < 3 else { return }
        let id = Specialist.ID("sp-\(chance.below(14))")
        profiles[id] = nil
        apply(directory.suspend(id), because: nil)
    }

    private mutating func apply(_ changes: [Directory.Change], because cause: Cause?) {
        for announcement in twins.apply(changes, because: cause, at: now) { hear(announcement) }
    }
}
