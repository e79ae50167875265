/// Scores the eligible specialists of one decision.
struct Scorer: ~Copyable {
    /// Sets the order among equals.
    private let seed: UInt64
    /// The slots of the specialists who declined.
    private let reluctant: [Int]
    /// nil while units are plentiful.
    private let scarcity: Scarcity.Scale?
    private let preferences: PreferenceScorer

    init(
        _ need: borrowing Need,
        _ policy: MatchingPolicy,
        _ step: RelaxationStep?,
        of roster: borrowing Roster
    ) {
        seed = need.tieSeed
        reluctant = need.reluctant.isEmpty ? [] : roster.slots(of: need.reluctant)
        scarcity = policy.keepsScarce ? roster.scarcity.scale : nil
        preferences = PreferenceScorer(need, policy.preferences, step, of: roster)
    }

    /// The score of a slot.
    ///
    /// - Parameters:
    ///   - slot: The slot.
    ///   - base: The terms that depend on the load alone; see ``Load/bases``.
    ///   - roster: The roster.
    ///   - limit: The highest score of interest.
    /// - Returns: The sum of all terms, or some number above `limit` when the sum is above it.
    /// - Complexity: O(1) while units are plentiful, else O(classes that the specialist serves).
    @inline(__always)
    func weigh(_ slot: Int, _ base: Int, in roster: borrowing Roster, upTo limit: Int) -> Int {
        var score = base
        if preferences.isAny { score &+= preferences.terms(of: slot, in: roster).total }
        if !reluctant.isEmpty { score &+= declined(slot) }
        if let scarcity, score <= limit { score &+= roster.scarcity.term(of: slot, scarcity) }
        return score
    }

    /// Whether anything but the load affects the score.
    var isLong: Bool { scarcity != nil || preferences.isAny || !reluctant.isEmpty }

    /// The order among equal scores.
    @inline(__always)
    func tie(of slot: Int, in roster: borrowing Roster) -> UInt64 {
        StableHash.combine(seed, roster.members.tieHashes[slot])
    }

    /// A specialist with each term of their score.
    func candidate(_ slot: Int, _ score: Int, in roster: borrowing Roster) -> Candidate {
        let preferences = preferences.terms(of: slot, in: roster)
        let declined = declined(slot)
        return Candidate(
            specialist: roster.members.specialists.span[slot].id,
            utilisation: roster.load.utilisation(of: slot),
            today: roster.load.todayShare(of: slot),
            scarcity: score - Int(roster.load.bases[slot]) - preferences.total - declined,
            preferences: preferences,
            declined: declined
        )
    }

    private func declined(_ slot: Int) -> Int {
        reluctant.contains(slot) ? Candidate.reluctance : 0
    }
}
