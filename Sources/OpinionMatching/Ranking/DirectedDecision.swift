/// Why one specialist may not take a seat now.
package enum Ineligibility: Hashable, Sendable {
    /// The roster doesn't know them.
    case unknown
    /// Their profile says that they are given nothing.
    case inactive
    /// The first rule that they break.
    case breaks(Rule)

    /// As it is told.
    package var name: String {
        switch self {
        case .unknown: "unknown"
        case .inactive: "inactive"
        case .breaks(let rule): rule.name
        }
    }
}

// A seat that goes to a named specialist, whoever would be chosen otherwise.
//
// Pauses are for whoever looks for somebody: somebody who is named has been asked.
extension Roster {
    /// Why a specialist may not take the seat now, but for a pause; nil: they may.
    package mutating func ineligibility(
        of id: Specialist.ID,
        for need: Need,
        _ policy: Matching,
        at now: Moment
    ) -> Ineligibility? {
        guard let slot = slot(of: id) else { return .unknown }
        guard isActive(slot) else { return .inactive }
        let rule = withoutPause(of: id) { $0.firstBroken(by: slot, need, policy, at: now) }
        return rule.map { .breaks($0) }
    }

    /// Decides as ever, but that somebody who may take the seat comes first, whatever the scores say.
    ///
    /// - Complexity: as ``decide(_:_:at:)``, and one who is ranked alone.
    package mutating func decide(
        _ need: Need,
        _ policy: Matching,
        at now: Moment,
        directedTo id: Specialist.ID
    ) -> Decision {
        var decision = withoutPause(of: id) { $0.decide(need, policy, at: now) }
        guard let slot = slot(of: id), eligibility.contains(slot) else {
            preconditionFailure("a seat is directed to \(id.text), who may not take it")
        }
        _ = eligibility.filter { $0 == slot }
        let named = best(1, for: need, policy, decision.step)
        let others = decision.candidates.filter { $0.specialist != id }
        decision.candidates = Shortlist((named + others).prefix(policy.candidatesMax))
        return decision
    }
}
