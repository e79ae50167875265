/// Whether a specialist may take a seat.
package enum Admission: Hashable, Sendable {
    case now
    /// Only the rules of availability or capacity exclude them.
    case later
    /// Not until the specialist's profile, or what the seat asks for, changes.
    case never
}

extension Roster {
    /// Whether anybody passes the rules that don't depend on the moment: all but availability and capacity.
    package mutating func hasAnybody(for need: Need, _ policy: MatchingPolicy) -> Bool {
        screenLasting(need, policy)
        return eligibility.kept > 0
    }

    /// Specialists who pass the rules that don't depend on the moment, up to a maximum.
    ///
    /// When there are more, which of them are returned is unspecified.
    package mutating func possible(
        for need: Need,
        _ policy: MatchingPolicy,
        most: Int
    ) -> [Specialist.ID] {
        screenLasting(need, policy)
        return eligibility.slots(max: most).map { members.specialists[$0].id }
    }

    /// Whether one specialist may take the seat now.
    ///
    /// Asked for each waiting seat to which a freed unit is offered.
    /// - Complexity: O(rules), without a screening of the roster.
    package mutating func admission(
        of id: Specialist.ID,
        to need: Need,
        _ policy: MatchingPolicy,
        at now: Moment
    ) -> Admission {
        guard let slot = slot(of: id), isActive(slot),
            firstLasting(by: slot, need, policy) == nil
        else { return .never }
        return isFree(slot, for: need, at: now) ? .now : .later
    }

    /// Whether one specialist passes the rules that don't depend on the moment.
    package mutating func suits(_ id: Specialist.ID, _ need: Need, _ policy: MatchingPolicy) -> Bool
    {
        guard let slot = slot(of: id) else { return false }
        return firstLasting(by: slot, need, policy) == nil
    }
}
