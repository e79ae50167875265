extension Roster {
    /// Decides as ``decide(_:_:at:)`` does, but puts a named specialist first, whatever the scores are.
    ///
    /// - Precondition: The specialist may take the seat; see ``ineligibility(of:for:_:at:)``.
    /// - Complexity: as ``decide(_:_:at:)``, plus ranking one specialist.
    package mutating func decide(
        _ need: Need,
        _ policy: MatchingPolicy,
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
        decision.slot.number = slot
        return decision
    }
}
