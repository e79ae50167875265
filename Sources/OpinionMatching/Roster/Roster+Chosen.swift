// The specialist whom a decision chose, without a look-up by ID while they are in the slot where it found them.
extension Roster {
    /// Their profile; nil when they are not in the roster any more.
    package func specialist(of decision: Decision) -> Specialist? {
        slot(of: decision).map { members.specialists[$0] }
    }

    /// The terms on which they take a seat; nil when they are not in the roster any more.
    package func terms(of decision: Decision, for need: Need) -> Terms? {
        slot(of: decision).map { terms(of: $0, for: need) }
    }

    /// Adds a seat to their work; does nothing when they are not in the roster any more.
    package mutating func take(
        _ decision: Decision,
        units: Int,
        of kind: RequestKind = .single
    ) {
        guard let slot = slot(of: decision) else { return }
        take(slot, units, kind)
    }

    /// - Complexity: O(1); one hash of the ID when the specialist has left the slot.
    private func slot(of decision: Decision) -> Int? {
        guard let id = decision.chosen else { return nil }
        if let slot = decision.slot.number, members.isActive(id, at: slot) { return slot }
        return slot(of: id)
    }
}
