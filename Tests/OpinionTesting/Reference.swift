package import OpinionMatching

/// A specialist with the load that somebody else counted.
package struct Colleague: Sendable {
    package var profile: Specialist
    package var work: Caseload
    /// Until when they pause; nil: they never did.
    package var pausedUntil: Moment?

    package init(
        _ profile: Specialist,
        _ work: Caseload = Caseload(),
        pausedUntil: Moment? = nil
    ) {
        self.profile = profile
        self.work = work
        self.pausedUntil = pausedUntil
    }
}

extension Colleague {
    /// As an operator sees them who names them.
    fileprivate var withoutPause: Colleague { Colleague(profile, work) }
}

/// The hard rules and the ranking once more, straight from the contract.
///
/// Loops over specialists, no sets of bits, no cache: slow, and easy to compare with the page it was
/// written from.
package struct Reference: Sendable {
    package let need: Need
    package let policy: MatchingPolicy
    package let now: Moment

    package init(_ need: Need, _ policy: MatchingPolicy, at now: Moment) {
        self.need = need
        self.policy = policy
        self.now = now
    }

    // MARK: The nine rules, in their order

    package func firstBroken(by colleague: Colleague) -> Rule? {
        if let rule = firstLasting(by: colleague.profile) { return rule }
        for absence in colleague.profile.absences
        where absence.begin <= now && now < absence.end {
            return .availability
        }
        if let end = colleague.pausedUntil, now < end { return .availability }
        let capacity = colleague.profile.capacity
        let work = colleague.work
        if work.units + need.cost > capacity.units { return .capacity }
        if let daily = capacity.dailyAssignments, work.today >= daily { return .capacity }
        if let weekly = capacity.weeklyAssignments, work.week >= weekly { return .capacity }
        if let limits = capacity.perKind, work.seats[need.kind] >= limits[need.kind] {
            return .capacity
        }
        return nil
    }

    /// Why somebody may not be directed to the seat; nil: they may, also while they pause.
    package func ineligibility(of colleague: Colleague?) -> Ineligibility? {
        guard let colleague else { return .unknown }
        guard colleague.profile.isActive else { return .inactive }
        return firstBroken(by: colleague.withoutPause).map { .breaks($0) }
    }

    package func admission(of colleague: Colleague) -> Admission {
        guard colleague.profile.isActive, firstLasting(by: colleague.profile) == nil else {
            return .never
        }
        return firstBroken(by: colleague) == nil ? .now : .later
    }

    /// Rules 1 to 7.
    package func firstLasting(by specialist: Specialist) -> Rule? { lasting(by: specialist).first }

    /// All of rules 1 to 7 that a specialist breaks.
    package func lasting(by specialist: Specialist) -> [Rule] {
        var broken: [Rule] = []
        if !knowsFamily(specialist) { broken.append(.expertise) }
        if !shares(need.disciplines, specialist.disciplines) { broken.append(.discipline) }
        if !shares(need.languages, specialist.languages) { broken.append(.language) }
        if !isLicensed(specialist) { broken.append(.licence) }
        if !isIndependent(specialist) { broken.append(.independence) }
        if need.excluded.contains(specialist.id) { broken.append(.excluded) }
        if let age = need.age, age < specialist.ageScope.min || specialist.ageScope.max < age {
            broken.append(.age)
        }
        return broken
    }

    /// The lasting rules that are the only one somebody active breaks.
    package func soleObstacles(among colleagues: [Colleague]) -> RuleSet {
        let broken = colleagues.filter(\.profile.isActive).map { lasting(by: $0.profile) }
        return RuleSet(broken.filter { $0.count == 1 }.map { $0[0] })
    }

    private func knowsFamily(_ specialist: Specialist) -> Bool {
        for family in CancerFamily.allCases
        where family == need.family || need.alsoTreats.contains(family) {
            var isKnown = false
            for expertise in specialist.expertise where expertise.family == family {
                if expertise.level >= policy.minimumLevel { isKnown = true }
            }
            if !isKnown { return false }
        }
        return true
    }

    /// Whether one of those asked for is there; asking for none accepts all.
    private func shares(_ asked: [String], _ had: [String]) -> Bool {
        if asked.isEmpty { return true }
        for name in asked where had.contains(name) { return true }
        return false
    }

    private func isLicensed(_ specialist: Specialist) -> Bool {
        guard policy.checksLicences, let residence = need.residence else { return true }
        for licence in specialist.licences {
            let place = licence.jurisdiction
            let covers = place == residence || residence.hasPrefix(place + "-")
            if covers && need.due.number <= licence.until.number { return true }
        }
        return false
    }

    private func isIndependent(_ specialist: Specialist) -> Bool {
        if let name = specialist.organisation, need.fullOrganisations.contains(name) {
            return false
        }
        for doctor in need.reviewers + [need.firstOpinion].compactMap(\.self)
        where !isIndependent(specialist, of: doctor) {
            return false
        }
        return true
    }

    private func isIndependent(
        _ specialist: Specialist,
        of first: Need.FirstOpinion
    ) -> Bool {
        if let name = first.practitioner {
            if specialist.id.text == name { return false }
            if specialist.declaredConflicts.contains(name) { return false }
        }
        if let name = first.organisation {
            if specialist.organisation == name { return false }
            if specialist.declaredConflicts.contains(name) { return false }
        }
        if let name = first.practiceGroup {
            if specialist.practiceGroups.contains(name) { return false }
            if specialist.declaredConflicts.contains(name) { return false }
        }
        return true
    }

    // MARK: The decision

    /// The decision, where `wanted` is what each remembered request of the network asks for, and `directed` is whom an
    /// operator names.
    package func decision(
        among colleagues: [Colleague],
        wanted: [Demand] = [],
        directedTo directed: Specialist.ID? = nil
    ) -> Decision {
        var decision = Decision()
        var eligible: [Colleague] = []
        let colleagues = colleagues.map { $0.profile.id == directed ? $0.withoutPause : $0 }
        for colleague in colleagues where colleague.profile.isActive {
            decision.considered += 1
            if let rule = firstBroken(by: colleague) {
                decision.excluded[rule] += 1
            } else {
                eligible.append(colleague)
            }
        }
        decision.eligible = eligible.count
        decision.step = step
        let ranked = ranked(eligible, Scarce(colleagues, wanted))
        let named = ranked.filter { $0.specialist == directed }
        let others = ranked.filter { $0.specialist != directed }
        decision.candidates = Shortlist((named + others).prefix(policy.candidatesMax))
        decision.verdicts = verdicts(ranked, colleagues)
        return decision
    }

    /// The eligible by rank, then the others by id, so many at most.
    private func verdicts(_ ranked: [Candidate], _ colleagues: [Colleague]) -> [Verdict] {
        var verdicts = ranked.map { Verdict(specialist: $0.specialist, finding: .ranked($0)) }
        let active = colleagues.filter(\.profile.isActive)
        for colleague in active.sorted(by: { $0.profile.id.text < $1.profile.id.text }) {
            guard let rule = firstBroken(by: colleague) else { continue }
            verdicts.append(Verdict(specialist: colleague.profile.id, finding: .excluded(rule)))
        }
        return Array(verdicts.prefix(policy.verdictsMax))
    }

    // MARK: Wishes

    /// The wishes that the request states, those that have ended by its age, and how many times some have.
    private var step: RelaxationStep? {
        var stated: [Preferences.Kind] = []
        if need.preferences.sex != nil { stated.append(.sex) }
        if need.languages.count >= 2 { stated.append(.language) }
        if let level = need.preferences.level, level >= 2 { stated.append(.level) }
        if need.preferences.specialist != nil { stated.append(.continuity) }
        if stated.isEmpty { return nil }
        let ended = Preferences.Kind.allCases.filter(hasEnded)
        return RelaxationStep(
            number: Set(ended.map { policy.preferences.lasts[$0.rawValue] }).count,
            stated: PreferenceSet(stated),
            relaxed: PreferenceSet(ended.filter(stated.contains))
        )
    }

    private func hasEnded(_ kind: Preferences.Kind) -> Bool {
        let last = policy.preferences.lasts[kind.rawValue]
        return last != 0 && need.asked.milliseconds + last <= now.milliseconds
    }

    private func unfulfilled(by specialist: Specialist) -> PreferenceTerms {
        var terms = PreferenceTerms()
        for kind in Preferences.Kind.allCases where !hasEnded(kind) {
            terms[kind] = missed(kind, by: specialist) * policy.preferences.weights[kind.rawValue]
        }
        return terms
    }

    /// By how much a specialist misses a wish.
    private func missed(_ kind: Preferences.Kind, by specialist: Specialist) -> Int {
        switch kind {
        case .sex:
            return need.preferences.sex == nil || need.preferences.sex == specialist.sex ? 0 : 1
        case .language:
            if need.languages.count < 2 { return 0 }
            let place = need.languages.firstIndex(where: specialist.languages.contains)
            return min(place ?? 3, 3)
        case .level:
            let own = specialist.expertise.filter { $0.family == need.family }.map(\.level).max()
            return max(0, (need.preferences.level ?? 1) - (own ?? 1))
        case .continuity:
            return need.preferences.specialist == nil
                || need.preferences.specialist == specialist.id ? 0 : 1
        }
    }

    private func ranked(_ eligible: [Colleague], _ scarce: Scarce) -> [Candidate] {
        let places = eligible.map { colleague in
            let units = colleague.profile.capacity.units
            let id = colleague.profile.id
            return (
                candidate: Candidate(
                    specialist: id,
                    utilisation: colleague.work.units * 10_000 / (units == 0 ? 1 : units),
                    today: min(colleague.work.today * 1_000 / (units == 0 ? 1 : units), 20_000),
                    scarcity: policy.keepsScarce ? scarce.term(of: colleague, besides: need) : 0,
                    preferences: unfulfilled(by: colleague.profile),
                    declined: need.reluctant.contains(id) ? 1_000_000 : 0
                ),
                tie: StableHash.combine(need.tieSeed, StableHash.of(id.text))
            )
        }
        let sorted = places.sorted { left, right in
            let (first, second) = (left.candidate, right.candidate)
            if first.score != second.score { return first.score < second.score }
            if left.tie != right.tie { return left.tie < right.tie }
            return first.specialist.text < second.specialist.text
        }
        return sorted.map(\.candidate)
    }
}
