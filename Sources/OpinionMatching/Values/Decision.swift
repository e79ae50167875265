/// The outcome of asking a roster for a specialist, with enough detail to explain it.
///
/// *Invariant:* ``considered`` = ``eligible`` + ``excluded``'s total.
package struct Decision: Hashable, Sendable {
    /// How many active specialists the network has.
    package var considered: Int
    package var eligible: Int
    package var excluded: Exclusions
    /// How far the request's wishes were relaxed; nil when it has none.
    package var step: RelaxationStep?
    /// The best eligible specialists; the first is the chosen one.
    package var candidates: Shortlist
    /// What was found of each specialist, if the policy asks for it; see ``MatchingPolicy/verdictsMax``.
    package var verdicts: [Verdict]

    /// Where the roster found the chosen specialist.
    var slot = ChosenSlot()

    package var chosen: Specialist.ID? { candidates.first?.specialist }

    /// Whether only a change of the roster or the request can help, not time or a freed unit.
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
