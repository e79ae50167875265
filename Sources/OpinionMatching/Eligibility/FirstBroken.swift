// The hard rules asked of one specialist, in the same order as in Screening.swift.
extension Roster {
    /// The first rule that one specialist breaks; nil: none.
    mutating func firstBroken(
        by slot: Int,
        _ need: Need,
        _ policy: Matching,
        at now: Moment
    ) -> Rule? {
        if let rule = firstLasting(by: slot, need, policy) { return rule }
        if AvailabilityRule.isBroken(by: slot, need, at: now, in: &self) { return .availability }
        return CapacityRule.isBroken(by: slot, need, at: now, in: &self) ? .capacity : nil
    }

    /// The first rule that one specialist breaks, of those that don't depend on the moment; nil: none.
    mutating func firstLasting(by slot: Int, _ need: Need, _ policy: Matching) -> Rule? {
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
