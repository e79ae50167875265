/// What one seat asks of a specialist: the facts that the hard rules and the ranking look at.
///
/// A fact that the request doesn't state is nil or empty, and its rule excludes nobody. Each rule adds its facts.
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
    /// Further families that the specialist must treat: secondaries that one seat of a panel covers.
    package var alsoTreats: FamilySet
    /// One of them is enough, the first is preferred; empty for any discipline.
    package var disciplines: [String]
    /// One of them is enough; primary subtags in lower case.
    package var languages: [String]
    /// ISO 3166-2 subdivision or ISO 3166-1 country of the patient.
    package var residence: String?
    /// The day until which a licence must hold.
    package var due: Day
    package var firstOpinion: FirstOpinion?
    /// The reviewers between whom an adjudicator judges, of whom the specialist must be independent too.
    package var reviewers: [FirstOpinion]
    /// Organisations that have all the seats of the request that one may have.
    package var fullOrganisations: [String]
    /// Specialists excluded by the request, or by what has happened to it.
    package var excluded: [Specialist.ID]
    /// The age of the patient in years.
    package var age: Int?
    /// Wishes, which affect the ranking only.
    package var preferences: Preferences
    /// When the patient asked; wishes are relaxed as the request grows older.
    package var asked: Moment
    /// Specialists who declined this seat for other reasons than a conflict: eligible, but chosen last.
    package var reluctant: [Specialist.ID]
    /// The kind of the request; specialists may limit how many of a kind they take.
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

    /// Asks for one specialist who treats all of the families; the first is the main one.
    package mutating func cover(_ families: [CancerFamily]) {
        if let first = families.first { family = first }
        alsoTreats = FamilySet(families.dropFirst())
    }
}
