/// Why one specialist may not take a seat now.
package enum Ineligibility: Hashable, Sendable {
    /// The roster doesn't know them.
    case unknown
    /// Their profile says that they are given no seats.
    case inactive
    /// The first rule that they break.
    case breaks(Rule)

    /// The name in events.
    package var name: String {
        switch self {
        case .unknown: "unknown"
        case .inactive: "inactive"
        case .breaks(let rule): rule.name
        }
    }
}

extension Roster {
    /// Why a specialist may not be directed to a seat now; nil when they may.
    ///
    /// Pauses don't count: an operator who names a specialist has asked them.
    package mutating func ineligibility(
        of id: Specialist.ID,
        for need: Need,
        _ policy: MatchingPolicy,
        at now: Moment
    ) -> Ineligibility? {
        guard let slot = slot(of: id) else { return .unknown }
        guard isActive(slot) else { return .inactive }
        let rule = withoutPause(of: id) { $0.firstBroken(by: slot, need, policy, at: now) }
        return rule.map { .breaks($0) }
    }
}
