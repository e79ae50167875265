extension Roster {
    /// Asks the rules in their order; who is left is in ``sieve``.
    ///
    /// - Parameters:
    ///   - need: What the seat asks.
    ///   - policy: The policy.
    ///   - now: The moment of the decision.
    ///   - expertsOnly: Whether the rule of expertise is asked; else all begin who are active.
    /// - Returns: How many each rule is the first to exclude.
    mutating func screen(
        _ need: Need,
        _ policy: Matching,
        at now: Moment,
        expertsOnly: Bool = true
    ) -> Exclusions {
        var excluded = Exclusions()
        excluded[.expertise] = expertsOnly ? beginExperts(need, policy) : beginAll()
        excluded[.discipline] = keep(anyOf: need.disciplines, traits.disciplines)
        excluded[.language] = keep(anyOf: need.languages, traits.languages)
        if policy.checksLicences, let residence = need.residence {
            let licensed = licences.licensed(in: residence, until: need.due)
            excluded[.licence] = sieve.keep(licensed)
        }
        if let first = need.firstOpinion { excluded[.independence] = drop(tiedTo: first) }
        for other in need.reviewers { excluded[.independence] += drop(tiedTo: other) }
        for name in need.fullOrganisations {
            excluded[.independence] += traits.organisations[name].map { sieve.drop($0) } ?? 0
        }
        for id in need.excluded { excluded[.excluded] += drop(id) }
        if let age = need.age {
            excluded[.age] = sieve.keep(ages.open(to: age, among: specialists))
        }
        let away = calendar.away(at: now, among: specialists)
        if !away.isEmpty { excluded[.availability] = sieve.drop(away) }
        excluded[.capacity] = keepRoom(for: need)
        return excluded
    }

    private mutating func beginExperts(_ need: Need, _ policy: Matching) -> Int {
        let experts = traits.experts(in: need.family, atLeast: policy.minimumLevel)
        let dropped = activeCount - sieve.begin(experts, active)
        return need.alsoTreats.isEmpty ? dropped : dropped + keep(treating: need, policy)
    }

    private mutating func beginAll() -> Int { activeCount - sieve.begin(active, active) }

    private mutating func keep(treating need: Need, _ policy: Matching) -> Int {
        var dropped = 0
        for family in need.alsoTreats.families {
            dropped += sieve.keep(traits.experts(in: family, atLeast: policy.minimumLevel))
        }
        return dropped
    }

    /// One or two names are looked up without allocating.
    private mutating func keep(anyOf names: [String], _ column: Column<String>) -> Int {
        switch names.count {
        case 0: 0
        case 1: sieve.keep(column[names[0]] ?? Self.nobody)
        case 2: sieve.keep(column[names[0]] ?? Self.nobody, column[names[1]] ?? Self.nobody)
        default: sieve.keep(column.any(of: names))
        }
    }

    private static let nobody = Bitset()

    /// Drops the first opinion's doctor, who works with them, and who has declared a conflict.
    private mutating func drop(tiedTo first: Need.FirstOpinion) -> Int {
        var dropped = 0
        if let name = first.practitioner {
            dropped += drop(Specialist.ID(name)) + drop(nil, andWhoDeclared: name)
        }
        if let name = first.organisation {
            dropped += drop(traits.organisations[name], andWhoDeclared: name)
        }
        if let name = first.practiceGroup {
            dropped += drop(traits.practiceGroups[name], andWhoDeclared: name)
        }
        return dropped
    }

    private mutating func drop(_ id: Specialist.ID) -> Int {
        slot(of: id).map { sieve.drop(slot: $0) } ?? 0
    }

    private mutating func drop(_ members: Bitset?, andWhoDeclared name: String) -> Int {
        let opponents = traits.conflicts[name]
        return (members.map { sieve.drop($0) } ?? 0) + (opponents.map { sieve.drop($0) } ?? 0)
    }

    /// Whether one specialist is there and has room.
    mutating func isFree(_ slot: Int, for need: Need, at now: Moment) -> Bool {
        load.hasRoom(slot, for: need.cost, need.kind)
            && !calendar.away(at: now, among: specialists).contains(slot)
    }

    /// The first rule but availability and capacity that one specialist breaks.
    mutating func firstLasting(by slot: Int, _ need: Need, _ policy: Matching) -> Rule? {
        let experts = traits.experts(in: need.family, atLeast: policy.minimumLevel)
        guard experts.contains(slot), treatsAll(slot, need, policy) else { return .expertise }
        if !need.disciplines.isEmpty, isOfNone(of: need.disciplines, slot) { return .discipline }
        if !need.languages.isEmpty, speaksNone(of: need.languages, slot) { return .language }
        if policy.checksLicences, let residence = need.residence,
            !licences.licensed(in: residence, until: need.due).contains(slot)
        {
            return .licence
        }
        guard isIndependent(slot, need) else { return .independence }
        if need.excluded.contains(specialists.span[slot].id) { return .excluded }
        if let age = need.age, !specialists.span[slot].ageScope.contains(age) { return .age }
        return nil
    }

    private func treatsAll(_ slot: Int, _ need: Need, _ policy: Matching) -> Bool {
        need.alsoTreats.isEmpty
            || need.alsoTreats.families.allSatisfy {
                traits.experts(in: $0, atLeast: policy.minimumLevel).contains(slot)
            }
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

    func slots(of ids: [Specialist.ID]) -> Bitset {
        guard !ids.isEmpty else { return Self.nobody }
        var set = Bitset()
        for id in ids { if let slot = slot(of: id) { set.insert(slot) } }
        return set
    }

    /// A seat of one unit asks one set, and those who limit the kind of request; another seat asks each.
    private mutating func keepRoom(for need: Need) -> Int {
        guard need.cost == 1 else {
            return sieve.filter { [load] in load.hasRoom($0, for: need.cost, need.kind) }
        }
        let dropped = sieve.keep(load.room)
        guard load.hasKindLimits else { return dropped }
        return dropped
            + sieve.filter { [load] in
                !load.limited.contains($0) || !load.isFull($0, of: need.kind)
            }
    }
}

extension Column where Key == String {
    /// Who has any of the names.
    func any(of names: [String]) -> Bitset {
        var union = Bitset()
        for name in names {
            if let mask = self[name] { union.formUnion(mask) }
        }
        return union
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
