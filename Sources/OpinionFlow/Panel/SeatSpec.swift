package import OpinionMatching

/// What a seat of a panel is for.
///
/// A class, since the seats of other requests have none and would pay for the room.
package final class SeatSpec: Sendable {
    package enum Role: String, CaseIterable, Sendable {
        /// Speaks for the panel.
        case chair
        case member
        /// Judges between reviewers who contradict each other.
        case adjudicator
    }

    package let role: Role
    /// Any one of them will do; the first is preferred.
    package let disciplines: [String]
    /// The families that the specialist must treat, the main one first; never empty.
    package let covers: [CancerFamily]
    /// Whether the report waits for it.
    package let isRequired: Bool
    /// 1: confirms the diagnosis; 2: advises on it.
    package let phase: Int
    /// The family that the panel was asked about when the seat was planned; nil: an older record doesn't say.
    package let family: CancerFamily?

    package init(
        role: Role = .member,
        disciplines: [String],
        covers: [CancerFamily],
        isRequired: Bool = true,
        phase: Int,
        family: CancerFamily? = nil
    ) {
        precondition(!covers.isEmpty, "a seat that covers nothing")
        self.role = role
        self.disciplines = disciplines
        self.covers = covers
        self.isRequired = isRequired
        self.phase = phase
        self.family = family
    }

    /// The same with one more organ to cover.
    func covering(_ organ: CancerFamily) -> SeatSpec {
        SeatSpec(
            role: role,
            disciplines: disciplines,
            covers: covers + [organ],
            isRequired: isRequired,
            phase: phase,
            family: family
        )
    }

    /// Whether a seat with this spec does what a planned one is for, whatever else it covers.
    func stands(for planned: SeatSpec) -> Bool {
        phase == planned.phase && disciplines == planned.disciplines
            && covers[0] == planned.covers[0] && (family ?? planned.family) == planned.family
    }
}

extension SeatSpec: Hashable {
    package static func == (left: SeatSpec, right: SeatSpec) -> Bool {
        left.role == right.role && left.disciplines == right.disciplines
            && left.covers == right.covers && left.isRequired == right.isRequired
            && left.phase == right.phase && left.family == right.family
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(role)
        hasher.combine(disciplines)
        hasher.combine(covers)
    }
}
