extension Roster {
    /// Drops from `left` whoever breaks a rule, rule by rule in their order, and tells how many.
    mutating func screen(
        _ left: inout Bitset,
        _ need: Need,
        _ policy: Matching,
        at now: Moment,
        tell: (Rule, Int) -> Void
    ) {
        tell(.expertise, left.keep(traits.experts(in: need.family, atLeast: policy.minimumLevel)))
        if !need.disciplines.isEmpty {
            tell(.discipline, left.keep(traits.disciplines.any(of: need.disciplines)))
        }
        if !need.languages.isEmpty {
            tell(.language, left.keep(traits.languages.any(of: need.languages)))
        }
        if policy.checksLicences, let residence = need.residence {
            tell(.licence, left.keep(licences.licensed(in: residence, until: need.due)))
        }
        if let first = need.firstOpinion { tell(.independence, drop(tiedTo: first, from: &left)) }
        if !need.excluded.isEmpty { tell(.excluded, left.drop(slots(of: need.excluded))) }
        if let age = need.age { tell(.age, left.keep(ages.open(to: age, among: specialists))) }
        tell(.availability, left.drop(calendar.away(at: now, among: specialists)))
        tell(.capacity, left.keep(room(for: need.cost, among: left)))
    }

    /// Whether one specialist is there and has room.
    mutating func isFree(_ slot: Int, for cost: Int, at now: Moment) -> Bool {
        load.hasRoom(slot, for: cost)
            && !calendar.away(at: now, among: specialists).contains(slot)
    }

    /// The first rule but availability and capacity that one specialist breaks.
    mutating func firstLasting(by slot: Int, _ need: Need, _ policy: Matching) -> Rule? {
        let experts = traits.experts(in: need.family, atLeast: policy.minimumLevel)
        guard experts.contains(slot) else { return .expertise }
        if !need.disciplines.isEmpty, isOfNone(of: need.disciplines, slot) { return .discipline }
        if !need.languages.isEmpty, speaksNone(of: need.languages, slot) { return .language }
        if policy.checksLicences, let residence = need.residence,
            !licences.licensed(in: residence, until: need.due).contains(slot)
        {
            return .licence
        }
        if let first = need.firstOpinion, isTied(slot, to: first) { return .independence }
        if need.excluded.contains(specialists.span[slot].id) { return .excluded }
        if let age = need.age, !specialists.span[slot].ageScope.contains(age) { return .age }
        return nil
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

    /// Drops the first opinion's doctor, who works with them, and who has declared a conflict.
    ///
    /// - Complexity: a look-up of each name and an AND for each that is found; no allocation.
    private func drop(tiedTo first: Need.FirstOpinion, from left: inout Bitset) -> Int {
        var dropped = 0
        if let name = first.practitioner {
            if let slot = slot(of: Specialist.ID(name)) { dropped += left.drop(slot) }
            dropped += drop(traits.conflicts[name], from: &left)
        }
        if let name = first.organisation {
            dropped += drop(traits.organisations[name], from: &left)
            dropped += drop(traits.conflicts[name], from: &left)
        }
        if let name = first.practiceGroup {
            dropped += drop(traits.practiceGroups[name], from: &left)
            dropped += drop(traits.conflicts[name], from: &left)
        }
        return dropped
    }

    private func drop(_ mask: Bitset?, from left: inout Bitset) -> Int {
        mask.map { left.drop($0) } ?? 0
    }

    func slots(of ids: [Specialist.ID]) -> Bitset {
        var set = Bitset()
        for id in ids { if let slot = slot(of: id) { set.insert(slot) } }
        return set
    }

    private func room(for cost: Int, among left: Bitset) -> Bitset {
        guard cost != 1 else { return load.room }
        var room = Bitset()
        left.forEach { if load.hasRoom($0, for: cost) { room.insert($0) } }
        return room
    }
}

extension Column where Key == String {
    /// Who has any of the names.
    ///
    /// With one name, the set itself: no allocation.
    func any(of names: [String]) -> Bitset {
        if names.count == 1 { return self[names[0]] ?? Bitset() }
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
