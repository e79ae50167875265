// All hard rules asked of the whole roster at once, in their order.
//
// This file has the order and the counts; what each rule asks is in its own file in `Rules`.
extension Roster {
    /// Asks all rules; ``eligibility`` holds those who pass.
    ///
    /// - Parameters:
    ///   - need: What the seat asks for.
    ///   - policy: The policy.
    ///   - now: The moment of the decision.
    /// - Returns: How many specialists each rule is the first to exclude.
    mutating func screen(_ need: Need, _ policy: Matching, at now: Moment) -> Exclusions {
        var excluded = screenUpToExcluded(need, policy)
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
    ///
    /// - Parameters:
    ///   - need: What the seat asks for.
    ///   - policy: The policy.
    ///   - asksExpertise: Whether the rule of expertise is asked too.
    mutating func screenLasting(_ need: Need, _ policy: Matching, asksExpertise: Bool = true) {
        _ = screenUpToExcluded(need, policy, asksExpertise: asksExpertise)
        let open = AgeRule.row(for: need, in: &self)
        _ = eligibility.keep(open: open, away: BitMatrix.nobody, room: BitMatrix.active, of: matrix)
    }

    /// Asks the rules up to ``Rule/excluded``.
    private mutating func screenUpToExcluded(
        _ need: Need,
        _ policy: Matching,
        asksExpertise: Bool = true
    ) -> Exclusions {
        var excluded = Exclusions()
        let rows = firstRows(need, policy, asksExpertise: asksExpertise)
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
        _ policy: Matching,
        asksExpertise: Bool
    ) -> EligibilityFilter.FirstRows {
        traits.trim(&matrix)
        return EligibilityFilter.FirstRows(
            experts: asksExpertise
                ? ExpertiseRule.row(for: need, policy, in: &self) : BitMatrix.active,
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
