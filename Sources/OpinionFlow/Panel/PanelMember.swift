package import OpinionMatching

/// Who has another seat of a request, or has delivered on it.
package struct PanelMember: Hashable, Sendable {
    package var id: Specialist.ID
    package var role: SeatSpec.Role?
    /// Where they worked when they were given the seat.
    package var affiliation: Affiliation
    /// Names of people and organisations with whom they have declared a conflict.
    package var declaredConflicts: [String]

    package init(
        id: Specialist.ID,
        role: SeatSpec.Role?,
        affiliation: Affiliation = Affiliation(),
        declaredConflicts: [String] = []
    ) {
        self.id = id
        self.role = role
        self.affiliation = affiliation
        self.declaredConflicts = declaredConflicts
    }

    /// A specialist, as the profile describes them.
    package init(_ specialist: Specialist, role: SeatSpec.Role?) {
        self.init(
            id: specialist.id,
            role: role,
            affiliation: Affiliation(of: specialist),
            declaredConflicts: specialist.declaredConflicts
        )
    }

    /// The names of whom an adjudicator must be independent, in the form that the independence rule takes.
    var asFirstOpinions: [Need.FirstOpinion] {
        [
            Need.FirstOpinion(
                practitioner: id.text,
                organisation: affiliation.organisation,
                practiceGroup: nil
            )
        ]
            + affiliation.practiceGroups.map {
                Need.FirstOpinion(practitioner: nil, organisation: nil, practiceGroup: $0)
            }
    }
}

/// Where a specialist works.
package struct Affiliation: Hashable, Sendable {
    package var organisation: String?
    package var practiceGroups: [String]

    package init(organisation: String? = nil, practiceGroups: [String] = []) {
        self.organisation = organisation
        self.practiceGroups = practiceGroups
    }

    package init(of specialist: Specialist) {
        self.init(
            organisation: specialist.organisation,
            practiceGroups: specialist.practiceGroups
        )
    }
}
