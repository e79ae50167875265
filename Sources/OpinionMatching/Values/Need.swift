/// What one seat asks of the specialist who takes it: the facts that the hard rules look at.
///
/// A fact that the request doesn't state is nil or empty, and its rule doesn't apply.
package struct Need: Hashable, Sendable {
    /// The doctor who gave the first opinion, and where they work.
    package struct FirstOpinion: Hashable, Sendable {
        package var practitioner: String?
        package var organisation: String?
        package var practiceGroup: String?

        package init(practitioner: String?, organisation: String?, practiceGroup: String?) {
            self.practitioner = practitioner
            self.organisation = organisation
            self.practiceGroup = practiceGroup
        }

        package var isUnknown: Bool {
            practitioner == nil && organisation == nil && practiceGroup == nil
        }

        package var names: [String] {
            [practitioner, organisation, practiceGroup].compactMap(\.self)
        }
    }

    package var family: CancerFamily
    /// What else the specialist must treat: organs with secondaries that one seat of a panel covers.
    package var alsoTreats: FamilySet
    /// Any one of them will do, the first preferred; empty: any discipline.
    package var disciplines: [String]
    /// Any one of them will do; primary subtags, lower case.
    package var languages: [String]
    /// ISO 3166-2 subdivision or ISO 3166-1 country of the patient.
    package var residence: String?
    /// The day until which a licence must hold.
    package var due: Day
    package var firstOpinion: FirstOpinion?
    /// Of whom else the specialist must be independent: the reviewers whom an adjudicator judges between.
    package var reviewers: [FirstOpinion]
    /// Organisations that have as many seats of the request as one may.
    package var fullOrganisations: [String]
    /// Who may not: excluded by the request, or by what happened to it so far.
    package var excluded: [Specialist.ID]
    package var age: Int?
    /// What would be better, beyond what must be.
    package var preferences: Preferences
    /// When the patient asked: wishes are relaxed with the request's age.
    package var asked: Moment
    /// Who declined this seat, not for a conflict: eligible, and chosen last.
    package var reluctant: [Specialist.ID]
    /// The kind of the request: some limit how many of a kind they take.
    package var kind: RequestKind
    /// Units of capacity that the seat takes.
    package var cost: Int
    /// Sets the order among equals; see ``Ranking``.
    package var tieSeed: UInt64

    package init(
        family: CancerFamily,
        alsoTreats: FamilySet = FamilySet(),
        disciplines: [String] = [],
        languages: [String] = [],
        residence: String? = nil,
        due: Day,
        firstOpinion: FirstOpinion? = nil,
        reviewers: [FirstOpinion] = [],
        fullOrganisations: [String] = [],
        excluded: [Specialist.ID] = [],
        age: Int? = nil,
        preferences: Preferences = Preferences(),
        asked: Moment = .distantPast,
        reluctant: [Specialist.ID] = [],
        kind: RequestKind = .single,
        cost: Int = 1,
        tieSeed: UInt64 = 0
    ) {
        self.family = family
        self.alsoTreats = alsoTreats
        self.disciplines = disciplines
        self.languages = languages
        self.residence = residence
        self.due = due
        self.firstOpinion = firstOpinion
        self.reviewers = reviewers
        self.fullOrganisations = fullOrganisations
        self.excluded = excluded
        self.age = age
        self.preferences = preferences
        self.asked = asked
        self.reluctant = reluctant
        self.kind = kind
        self.cost = cost
        self.tieSeed = tieSeed
    }

    /// Asks for one person who treats all of them, the main one first.
    package mutating func cover(_ families: [CancerFamily]) {
        if let first = families.first { family = first }
        alsoTreats = FamilySet(families.dropFirst())
    }
}
