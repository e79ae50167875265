/// What one decision holds against each of the eligible, beside their load.
struct Weighing: ~Copyable {
    private let seed: UInt64
    private let reluctant: Bitset
    private let isAnybodyReluctant: Bool
    /// nil: units are plenty.
    private let scarcity: Scarcity.Scale?
    private let wishes: WishScale

    init(_ need: borrowing Need, _ policy: Matching, _ step: WishStep?, of roster: borrowing Roster)
    {
        seed = need.tieSeed
        reluctant = roster.slots(of: need.reluctant)
        isAnybodyReluctant = !need.reluctant.isEmpty
        scarcity = policy.keepsScarce ? roster.scarcity.scale : nil
        wishes = WishScale(need, policy.wishes, step, of: roster)
    }

    /// The sum of the terms that don't depend on the load alone.
    ///
    /// - Complexity: O(1) while units are plenty, else O(classes that the specialist serves).
    @inline(__always)
    func weigh(_ slot: Int, in roster: borrowing Roster) -> Int {
        var sum = 0
        if let scarcity { sum &+= roster.scarcity.term(of: slot, scarcity) }
        if wishes.isAny { sum &+= wishes.terms(of: slot, in: roster).total }
        if isAnybodyReluctant { sum &+= declined(slot) }
        return sum
    }

    /// The order among equals.
    @inline(__always)
    func tie(of slot: Int, in roster: borrowing Roster) -> UInt64 {
        StableHash.combine(seed, roster.tieHashes[slot])
    }

    /// All terms by their names.
    func candidate(_ slot: Int, in roster: borrowing Roster) -> Candidate {
        Candidate(
            specialist: roster.specialists.span[slot].id,
            utilisation: roster.load.utilisation(of: slot),
            today: roster.load.todayShare(of: slot),
            scarcity: scarcity.map { roster.scarcity.term(of: slot, $0) } ?? 0,
            wishes: wishes.terms(of: slot, in: roster),
            declined: declined(slot)
        )
    }

    private func declined(_ slot: Int) -> Int {
        reluctant.contains(slot) ? Candidate.reluctance : 0
    }
}
