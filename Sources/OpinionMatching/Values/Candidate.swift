/// An eligible specialist and the terms of their score.
package struct Candidate: Hashable, Sendable {
    package let specialist: Specialist.ID
    /// Share of the capacity in use before this seat, in ten-thousandths.
    package let utilisation: Int
    /// Seats given on this UTC day, in thousandths of the capacity, so that equals share the day's work.
    package let today: Int
    /// How much other requests will need this specialist while units are short; see ``MatchingPolicy/keepsScarce``.
    package let scarcity: Int
    /// Points for each unfulfilled wish.
    package let preferences: PreferenceTerms
    /// ``reluctance`` for a specialist who has declined this seat before, else 0.
    package let declined: Int

    /// The sum of the terms; lower is better.
    package var score: Int { utilisation + today + scarcity + preferences.total + declined }

    /// More than all other terms together: specialists who declined come after all who didn't.
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
