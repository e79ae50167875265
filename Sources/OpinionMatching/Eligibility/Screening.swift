extension Roster {
    /// Asks the rules in their order; who is left is in ``eligibility``.
    ///
    /// - Parameters:
    ///   - need: What the seat asks.
    ///   - policy: The policy.
    ///   - now: The moment of the decision.
    /// - Returns: How many each rule is the first to exclude.
    mutating func screen(
        _ need: Need,
        _ policy: Matching,
        at now: Moment
    ) -> Exclusions {
        var excluded = beginScreen(need, policy, expertsOnly: true)
        let (closed, away, full) = keepPresent(need, at: now)
        excluded[.age] = closed
        excluded[.availability] = away
        excluded[.capacity] = full
        return excluded
    }

    /// Asks the rules that don't depend on the moment; who is left is in ``eligibility``.
    ///
    /// Without `expertsOnly` the rule of expertise isn't asked: all begin who are active.
    mutating func screenLasting(_ need: Need, _ policy: Matching, expertsOnly: Bool = true) {
        _ = beginScreen(need, policy, expertsOnly: expertsOnly)
        let open = open(to: need)
        _ = eligibility.keep(open: open, away: BitMatrix.nobody, room: BitMatrix.active, of: matrix)
    }

    /// Asks the rules up to who is excluded by name.
    private mutating func beginScreen(
        _ need: Need,
        _ policy: Matching,
        expertsOnly: Bool
    ) -> Exclusions {
        var excluded = Exclusions()
        let names = names(need, policy, expertsOnly: expertsOnly)
        let left = eligibility.begin(names, of: matrix)
        excluded[.expertise] = activeCount - left.experts
        excluded[.discipline] = left.experts - left.disciplined
        excluded[.language] = left.disciplined - left.speaking
        excluded[.licence] = left.speaking - left.licensed
        excluded[.independence] = dropTied(to: need)
        for id in need.excluded { excluded[.excluded] += drop(id) }
        return excluded
    }

    /// The sets that the need names; where it names none, everybody active is in.
    private mutating func names(
        _ need: Need,
        _ policy: Matching,
        expertsOnly: Bool
    ) -> EligibilityFilter.Names {
        traits.trim(&matrix)
        return EligibilityFilter.Names(
            experts: expertsOnly ? experts(need, policy) : BitMatrix.active,
            disciplines: disciplines(of: need),
            languages: languages(of: need),
            licensed: licensed(need, policy)
        )
    }

    private mutating func experts(_ need: Need, _ policy: Matching) -> BitMatrix.Row {
        let first = BitMatrix.experts(in: need.family, atLeast: policy.minimumLevel)
        guard !need.alsoTreats.isEmpty else { return first }
        let others = need.alsoTreats.families.map {
            BitMatrix.experts(in: $0, atLeast: policy.minimumLevel)
        }
        matrix.intersect(first, others, into: BitMatrix.experts)
        return BitMatrix.experts
    }

    private mutating func disciplines(of need: Need) -> (BitMatrix.Row, BitMatrix.Row) {
        let names = need.disciplines.span
        guard !names.isEmpty else { return (BitMatrix.active, BitMatrix.active) }
        let first = traits.disciplines.row(of: names[0], &matrix)
        if names.count == 1 { return (first, first) }
        if names.count == 2 { return (first, traits.disciplines.row(of: names[1], &matrix)) }
        let rows = need.disciplines.map { traits.disciplines.row(of: $0, &matrix) }
        matrix.unite(rows, into: BitMatrix.disciplines)
        return (BitMatrix.disciplines, BitMatrix.disciplines)
    }

    /// Looks the languages up; what was found is in ``asked``.
    private mutating func languages(of need: Need) -> (BitMatrix.Row, BitMatrix.Row) {
        asked.removeAll(keepingCapacity: true)
        let names = need.languages.span
        for index in names.indices {
            asked.append(traits.languages.ask(for: names[index], &matrix))
        }
        guard let first = asked.first, let last = asked.last else {
            return (BitMatrix.active, BitMatrix.active)
        }
        guard asked.count > 2 else { return (first.row, last.row) }
        matrix.unite(asked.map(\.row), into: BitMatrix.languages)
        return (BitMatrix.languages, BitMatrix.languages)
    }

    private mutating func licensed(_ need: Need, _ policy: Matching) -> BitMatrix.Row {
        guard policy.checksLicences, let residence = need.residence else { return BitMatrix.active }
        return licences.licensed(in: residence, until: need.due, &matrix)
    }

    /// Who sees patients of the age that the need states.
    private mutating func open(to need: Need) -> BitMatrix.Row {
        guard let age = need.age else { return BitMatrix.active }
        return ages.open(to: age, among: specialists, &matrix)
    }

    private mutating func dropTied(to need: Need) -> Int {
        var dropped = need.firstOpinion.map { drop(tiedTo: $0) } ?? 0
        for other in need.reviewers { dropped += drop(tiedTo: other) }
        for name in need.fullOrganisations {
            dropped += traits.conflicts[name].map { eligibility.drop($0.members) } ?? 0
        }
        return dropped
    }

    /// Drops the first opinion's doctor, who works with them, and who has declared a conflict.
    private mutating func drop(tiedTo first: Need.FirstOpinion) -> Int {
        var dropped = 0
        if let name = first.practitioner {
            dropped += drop(Specialist.ID(name))
            if let tied = traits.conflicts[name] { dropped += eligibility.drop(tied.opponents) }
        }
        if let name = first.organisation, let tied = traits.conflicts[name] {
            dropped += eligibility.drop(tied.members) + eligibility.drop(tied.opponents)
        }
        if let name = first.practiceGroup, let tied = traits.conflicts[name] {
            dropped += eligibility.drop(tied.partners) + eligibility.drop(tied.opponents)
        }
        return dropped
    }

    private mutating func drop(_ id: Specialist.ID) -> Int {
        slot(of: id).map { eligibility.drop(slot: $0) } ?? 0
    }

    /// Whether one specialist is there and has room.
    mutating func isFree(_ slot: Int, for need: Need, at now: Moment) -> Bool {
        load.hasRoom(slot, for: need.cost, need.kind)
            && !isAway(slot, at: now)
    }

    /// Whether somebody is in the roster and away.
    package mutating func isAway(_ id: Specialist.ID, at now: Moment) -> Bool {
        slot(of: id).map { isAway($0, at: now) } ?? false
    }

    mutating func isAway(_ slot: Int, at now: Moment) -> Bool {
        calendar.note(now, among: specialists, &matrix)
        return matrix.contains(slot, in: BitMatrix.away)
    }

    /// The first rule but availability and capacity that one specialist breaks.
    mutating func firstLasting(by slot: Int, _ need: Need, _ policy: Matching) -> Rule? {
        guard treatsAll(slot, need, policy) else { return .expertise }
        if !need.disciplines.isEmpty, isOfNone(of: need.disciplines, slot) { return .discipline }
        if !need.languages.isEmpty, speaksNone(of: need.languages, slot) { return .language }
        let licensed = licensed(need, policy)
        guard licensed == BitMatrix.active || matrix.contains(slot, in: licensed) else {
            return .licence
        }
        guard isIndependent(slot, need) else { return .independence }
        if need.excluded.contains(specialists.span[slot].id) { return .excluded }
        if let age = need.age, !specialists.span[slot].ageScope.contains(age) { return .age }
        return nil
    }

    private func treatsAll(_ slot: Int, _ need: Need, _ policy: Matching) -> Bool {
        func treats(_ family: CancerFamily) -> Bool {
            matrix.contains(slot, in: BitMatrix.experts(in: family, atLeast: policy.minimumLevel))
        }
        return treats(need.family)
            && (need.alsoTreats.isEmpty || need.alsoTreats.families.allSatisfy(treats))
    }

    private func isIndependent(_ slot: Int, _ need: Need) -> Bool {
        if let first = need.firstOpinion, isTied(slot, to: first) { return false }
        if need.reviewers.contains(where: { isTied(slot, to: $0) }) { return false }
        guard !need.fullOrganisations.isEmpty else { return true }
        return !(specialists.span[slot].organisation.map(need.fullOrganisations.contains) ?? false)
    }

    private func isOfNone(of disciplines: [String], _ slot: Int) -> Bool {
        specialists.span[slot].disciplines.isDisjoint(with: disciplines)
    }

    private func speaksNone(of languages: [String], _ slot: Int) -> Bool {
        specialists.span[slot].languages.isDisjoint(with: languages)
    }

    private func isTied(_ slot: Int, to first: Need.FirstOpinion) -> Bool {
        specialists.span[slot].isTied(to: first)
    }

    @inline(__always)
    func slots(of ids: [Specialist.ID]) -> [Int] { ids.compactMap { slot(of: $0) } }

    /// Keeps those who see patients of that age, are there, and have room.
    private mutating func keepPresent(
        _ need: Need,
        at now: Moment
    ) -> (closed: Int, away: Int, full: Int) {
        let open = open(to: need)
        let room = need.cost == 1 ? BitMatrix.room : BitMatrix.active
        calendar.note(now, among: specialists, &matrix)
        var dropped = eligibility.keep(open: open, away: BitMatrix.away, room: room, of: matrix)
        dropped.full += keepRoom(for: need)
        return dropped
    }

    /// Of a seat that costs another number of units than one everybody is asked, and those who limit the kind of
    /// request of each.
    private mutating func keepRoom(for need: Need) -> Int {
        if need.cost != 1 {
            return eligibility.filter { [load] in load.hasRoom($0, for: need.cost, need.kind) }
        }
        guard load.hasKindLimits else { return 0 }
        return eligibility.filter { [load] in
            !load.limited.contains($0) || !load.isFull($0, of: need.kind)
        }
    }
}

extension Specialist {
    /// Is the first opinion's doctor, works with them, or has declared a conflict.
    fileprivate func isTied(to first: Need.FirstOpinion) -> Bool {
        if let name = first.practitioner, name == id.text { return true }
        if let name = first.organisation, name == organisation { return true }
        if let name = first.practiceGroup, practiceGroups.contains(name) { return true }
        return !declaredConflicts.isEmpty && first.names.contains { declaredConflicts.contains($0) }
    }
}

extension [String] {
    /// For the short lists of a profile and a request; a Set would cost more than it saves.
    fileprivate func isDisjoint(with others: [String]) -> Bool {
        !contains { others.contains($0) }
    }
}
