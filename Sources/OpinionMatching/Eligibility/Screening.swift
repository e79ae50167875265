// The order of the hard rules, once for the whole roster and once for one specialist. What each rule asks is in its own
// file in `Rules`.

// All specialists at once, with the counts.
extension Roster {
    /// Asks all rules; ``eligibility`` holds those who pass.
    ///
    /// - Parameters:
    ///   - need: What the seat asks for.
    ///   - policy: The policy.
    ///   - now: The moment of the decision.
    /// - Returns: How many specialists each rule is the first to exclude.
    mutating func screen(_ need: Need, _ policy: MatchingPolicy, at now: Moment) -> Exclusions {
        let experts = ExpertiseRule.row(for: need, policy, in: &self)
        var excluded = screenUpToExcluded(need, policy, experts)
        let open = AgeRule.row(for: need, in: &self)
        let away = AvailabilityRule.rowOfAway(at: now, in: &self)
        let room = CapacityRule.row(for: need)
        let dropped = eligibility.keep(open: open, away: away, room: room, of: matrix)
        excluded[.age] = dropped.closed
        excluded[.availability] = dropped.away
        excluded[.capacity] = dropped.full + CapacityRule.drop(for: need, from: &self)
        return excluded
    }

    /// Asks the rules that don't depend on the moment; ``eligibility`` holds those who pass.
    mutating func screenLasting(_ need: Need, _ policy: MatchingPolicy) {
        let experts = ExpertiseRule.row(for: need, policy, in: &self)
        screenLasting(need, policy, among: experts)
    }

    /// Applies the lasting rules, starting from `experts`; pass all active specialists to skip the rule of expertise.
    mutating func screenLasting(
        _ need: Need,
        _ policy: MatchingPolicy,
        among experts: BitMatrix.Row
    ) {
        _ = screenUpToExcluded(need, policy, experts)
        let open = AgeRule.row(for: need, in: &self)
        _ = eligibility.keep(open: open, away: BitMatrix.nobody, room: BitMatrix.active, of: matrix)
    }

    /// Asks the rules up to ``Rule/excluded``.
    private mutating func screenUpToExcluded(
        _ need: Need,
        _ policy: MatchingPolicy,
        _ experts: BitMatrix.Row
    ) -> Exclusions {
        var excluded = Exclusions()
        let rows = firstRows(need, policy, experts)
        let left = eligibility.begin(rows, of: matrix)
        excluded[.expertise] = activeCount - left.experts
        excluded[.discipline] = left.experts - left.disciplined
        excluded[.language] = left.disciplined - left.speaking
        excluded[.licence] = left.speaking - left.licensed
        excluded[.independence] = IndependenceRule.drop(for: need, from: &self)
        excluded[.excluded] = ExcludedRule.drop(for: need, from: &self)
        return excluded
    }

    /// The sets of the rules that are asked together in the first walk over the words.
    private mutating func firstRows(
        _ need: Need,
        _ policy: MatchingPolicy,
        _ experts: BitMatrix.Row
    ) -> EligibilityFilter.FirstRows {
        traits.trim(&matrix)
        return EligibilityFilter.FirstRows(
            experts: experts,
            disciplines: DisciplineRule.rows(for: need, in: &self),
            languages: LanguageRule.rows(for: need, in: &self),
            licensed: LicenceRule.row(for: need, policy, in: &self)
        )
    }

    /// Drops one specialist from ``eligibility``; 1 if they were in it, else 0.
    mutating func drop(_ id: Specialist.ID) -> Int {
        slot(of: id).map { eligibility.drop(slot: $0) } ?? 0
    }
}

// One specialist, in the same order.
extension Roster {
    /// The first rule that one specialist breaks; nil when there is none.
    mutating func firstBroken(
        by slot: Int,
        _ need: Need,
        _ policy: MatchingPolicy,
        at now: Moment
    ) -> Rule? {
        if let rule = firstLasting(by: slot, need, policy) { return rule }
        if AvailabilityRule.isBroken(by: slot, need, at: now, in: &self) { return .availability }
        return CapacityRule.isBroken(by: slot, need, at: now, in: &self) ? .capacity : nil
    }

    /// The first rule that one specialist breaks, of those that don't depend on the moment; nil when there is none.
    mutating func firstLasting(by slot: Int, _ need: Need, _ policy: MatchingPolicy) -> Rule? {
        if ExpertiseRule.isBroken(by: slot, need, policy, in: &self) { return .expertise }
        if DisciplineRule.isBroken(by: slot, need, policy, in: &self) { return .discipline }
        if LanguageRule.isBroken(by: slot, need, policy, in: &self) { return .language }
        if LicenceRule.isBroken(by: slot, need, policy, in: &self) { return .licence }
        if IndependenceRule.isBroken(by: slot, need, policy, in: &self) { return .independence }
        if ExcludedRule.isBroken(by: slot, need, policy, in: &self) { return .excluded }
        return AgeRule.isBroken(by: slot, need, policy, in: &self) ? .age : nil
    }

    /// Whether one specialist is neither away nor without room for the seat.
    mutating func isFree(_ slot: Int, for need: Need, at now: Moment) -> Bool {
        !CapacityRule.isBroken(by: slot, need, at: now, in: &self)
            && !AvailabilityRule.isBroken(by: slot, need, at: now, in: &self)
    }
}
