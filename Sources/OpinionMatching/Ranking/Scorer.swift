/// What one decision holds against each of the eligible, beside their load.
struct Scorer: ~Copyable {
    private let seed: UInt64
    /// The slots of those who declined.
    private let reluctant: [Int]
    /// nil: units are plenty.
    private let scarcity: Scarcity.Scale?
    private let preferences: PreferenceScorer

    init(
        _ need: borrowing Need,
        _ policy: Matching,
        _ step: RelaxationStep?,
        of roster: borrowing Roster
    ) {
        seed = need.tieSeed
        reluctant = need.reluctant.isEmpty ? [] : roster.slots(of: need.reluctant)
        scarcity = policy.keepsScarce ? roster.scarcity.scale : nil
        preferences = PreferenceScorer(need, policy.preferences, step, of: roster)
    }

    /// The sum of all terms, where `base` is that of those that depend on the load alone; when it is more than
    /// `limit`, how much more is left open.
    ///
    /// - Complexity: O(1) while units are plenty, else O(classes that the specialist serves).
    @inline(__always)
    func weigh(_ slot: Int, _ base: Int, in roster: borrowing Roster, upTo limit: Int) -> Int {
        var score = base
        if preferences.isAny { score &+= preferences.terms(of: slot, in: roster).total }
        if !reluctant.isEmpty { score &+= declined(slot) }
        if let scarcity, score <= limit { score &+= roster.scarcity.term(of: slot, scarcity) }
        return score
    }

    /// Whether anything but the load counts.
    var isLong: Bool { scarcity != nil || preferences.isAny || !reluctant.isEmpty }

    /// The order among equals.
    @inline(__always)
    func tie(of slot: Int, in roster: borrowing Roster) -> UInt64 {
        StableHash.combine(seed, roster.tieHashes[slot])
    }

    /// All terms of a score by their names.
    func candidate(_ slot: Int, _ score: Int, in roster: borrowing Roster) -> Candidate {
        let preferences = preferences.terms(of: slot, in: roster)
        let declined = declined(slot)
        return Candidate(
            specialist: roster.specialists.span[slot].id,
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
