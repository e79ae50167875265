/// Rule 8: the specialist is neither absent nor pausing at the moment of the decision.
enum AvailabilityRule: PassingRule {
    /// Those who are away, who break the rule.
    @inline(__always)
    static func rowOfAway(at now: Moment, in roster: inout Roster) -> BitMatrix.Row {
        roster.calendar.refresh(at: now, among: roster.members.specialists, &roster.matrix)
        return BitMatrix.away
    }

    static func isBroken(
        by slot: Int,
        _ need: Need,
        at now: Moment,
        in roster: inout Roster
    ) -> Bool {
        let away = rowOfAway(at: now, in: &roster)
        return roster.matrix.contains(slot, in: away)
    }
}

extension Roster {
    /// Whether somebody is in the roster and away.
    package mutating func isAway(_ id: Specialist.ID, at now: Moment) -> Bool {
        guard let slot = slot(of: id) else { return false }
        let away = AvailabilityRule.rowOfAway(at: now, in: &self)
        return matrix.contains(slot, in: away)
    }
}
