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

    /// The first rule that one specialist breaks.
    mutating func firstBroken(
        by slot: Int,
        _ need: Need,
        _ policy: Matching,
        at now: Moment
    ) -> Rule? {
        if !load.hasRoom(slot, for: need.cost) { return .capacity }
        if let rule = firstLasting(by: slot, need, policy) { return rule }
        return calendar.away(at: now, among: specialists).contains(slot) ? .availability : nil
    }

    /// The first rule but availability and capacity that one specialist breaks.
    mutating func firstLasting(by slot: Int, _ need: Need, _ policy: Matching) -> Rule? {
        let experts = traits.experts(in: need.family, atLeast: policy.minimumLevel)
        guard experts.contains(slot) else { return .expertise }
        let specialist = specialists[slot]
        if !need.disciplines.isEmpty, specialist.disciplines.isDisjoint(with: need.disciplines) {
            return .discipline
        }
        if !need.languages.isEmpty, specialist.languages.isDisjoint(with: need.languages) {
            return .language
        }
        if policy.checksLicences, let residence = need.residence,
            !licences.licensed(in: residence, until: need.due).contains(slot)
        {
            return .licence
        }
        if let first = need.firstOpinion, specialist.isTied(to: first) { return .independence }
        if need.excluded.contains(specialist.id) { return .excluded }
        if let age = need.age, !specialist.ageScope.contains(age) { return .age }
        return nil
    }

    /// Few who are left are asked one by one; for many, looking the names up once is cheaper.
    private func drop(tiedTo first: Need.FirstOpinion, from left: inout Bitset) -> Int {
        guard left.count <= Self.fewMax else { return left.drop(tied(to: first)) }
        var tied = Bitset()
        left.forEach { if specialists[$0].isTied(to: first) { tied.insert($0) } }
        return left.drop(tied)
    }

    /// How many are few: about where six look-ups of names cost as much.
    private static var fewMax: Int { 48 }

    /// Who is the first opinion's doctor, works with them, or has declared a conflict.
    private func tied(to first: Need.FirstOpinion) -> Bitset {
        var tied = Bitset()
        if let slot = first.practitioner.flatMap({ slot(of: Specialist.ID($0)) }) {
            tied.insert(slot)
        }
        if let mask = first.organisation.flatMap({ traits.organisations[$0] }) {
            tied.formUnion(mask)
        }
        if let mask = first.practiceGroup.flatMap({ traits.practiceGroups[$0] }) {
            tied.formUnion(mask)
        }
        for name in first.names {
            if let mask = traits.conflicts[name] { tied.formUnion(mask) }
        }
        return tied
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
