/// What came of asking a roster for a specialist, with enough to retrace it.
///
/// *Invariant:* ``considered`` = ``eligible`` + ``excluded``'s total.
package struct Decision: Hashable, Sendable {
    /// The active specialists of the network.
    package var considered: Int
    package var eligible: Int
    package var excluded: Exclusions
    /// How far the request's wishes were relaxed; nil: it has none.
    package var step: RelaxationStep?
    /// The best of the eligible, the chosen one first.
    package var candidates: Shortlist
    /// What it found of each, where the policy asks for that: see ``Matching/verdictsMax``.
    package var verdicts: [Verdict]

    package var chosen: Specialist.ID? { candidates.first?.specialist }

    /// Whether neither time nor a freed unit can help, only a change of roster or request.
    package var isUnmatchable: Bool {
        eligible == 0 && Rule.allCases.allSatisfy { !$0.passesWithTime || excluded[$0] == 0 }
    }

    package init(
        considered: Int = 0,
        excluded: Exclusions = Exclusions(),
        step: RelaxationStep? = nil,
        candidates: Shortlist = [],
        verdicts: [Verdict] = []
    ) {
        self.considered = considered
        self.excluded = excluded
        self.step = step
        self.candidates = candidates
        self.verdicts = verdicts
        eligible = considered - excluded.total
    }
}

/// An eligible specialist and the terms by which they were ranked.
package struct Candidate: Hashable, Sendable {
    package let specialist: Specialist.ID
    /// Share of the capacity in use before this seat, in parts of ten thousand.
    package let utilisation: Int
    /// Seats given on this UTC day, in thousandths of the capacity: equals share the day's work.
    package let today: Int
    /// How much others will need this specialist, while units are short; see ``Matching/keepsScarce``.
    package let scarcity: Int
    /// Points for each wish that is not fulfilled.
    package let preferences: PreferenceTerms
    /// ``reluctance`` for one who declined this seat before, else 0.
    package let declined: Int

    /// The sum of the terms; lower is better.
    package var score: Int { utilisation + today + scarcity + preferences.total + declined }

    /// More than the other terms together: whoever declined comes after everybody who didn't.
    package static let reluctance = 1_000_000

    package init(
        specialist: Specialist.ID,
        utilisation: Int,
        today: Int = 0,
        scarcity: Int = 0,
        preferences: PreferenceTerms = PreferenceTerms(),
        declined: Int = 0
    ) {
        self.specialist = specialist
        self.utilisation = utilisation
        self.today = today
        self.scarcity = scarcity
        self.preferences = preferences
        self.declined = declined
    }
}
