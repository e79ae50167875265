/// The best few of the eligible, kept sorted while they are offered.
///
/// Lower score first; equals by a hash of request and specialist, so that they share the work in an
/// order that neither arrival nor name decides; last by ID, so that no tie is left.
struct Ranking {
    private struct Place {
        let slot: Int
        let score: Int
        let scarcity: Int
        let wishes: WishTerms
        let tie: UInt64
    }

    private let most: Int
    private let seed: UInt64
    private let reluctant: Bitset
    /// How much scarcity counts, and the classes that the request itself is of; nil: not at all.
    private let weight: Int
    private let own: Scarcity.Own?
    /// nil: no wish counts.
    private let scale: WishScale?
    private var places: [Place] = []

    init(
        most: Int,
        seed: UInt64,
        reluctant: Bitset,
        weight: Int,
        own: Scarcity.Own?,
        scale: WishScale?
    ) {
        self.most = most
        self.seed = seed
        self.reluctant = reluctant
        self.weight = weight
        self.own = own
        self.scale = scale
        places.reserveCapacity(most + 1)
    }

    /// - Complexity: O(1) for those who are not among the best.
    @inline(__always)
    mutating func offer(_ slot: Int, of roster: borrowing Roster) {
        var score = roster.load.score(slot)
        if places.count == most, places[most - 1].score < score { return }
        var scarcity = 0
        if let own { scarcity = roster.scarcity.term(of: slot, besides: own, weight) }
        score += scarcity
        var wishes = WishTerms()
        if let scale {
            wishes = scale.terms(of: slot, in: roster)
            score += wishes.total
        }
        if reluctant.contains(slot) { score += Candidate.reluctance }
        if places.count == most, places[most - 1].score < score { return }
        let tie = StableHash.combine(seed, roster.tieHashes[slot])
        let place = Place(slot: slot, score: score, scarcity: scarcity, wishes: wishes, tie: tie)
        insert(place, roster)
    }

    private mutating func insert(_ place: Place, _ roster: borrowing Roster) {
        var index = places.count
        while index > 0, precedes(place, places[index - 1], roster) { index -= 1 }
        if index < most { places.insert(place, at: index) }
        if places.count > most { places.removeLast() }
    }

    private func precedes(_ left: Place, _ right: Place, _ roster: borrowing Roster) -> Bool {
        if left.score != right.score { return left.score < right.score }
        if left.tie != right.tie { return left.tie < right.tie }
        return roster.specialists[left.slot].id < roster.specialists[right.slot].id
    }

    func candidates(of roster: borrowing Roster) -> [Candidate] {
        var candidates: [Candidate] = []
        candidates.reserveCapacity(places.count)
        for place in places {
            candidates.append(
                Candidate(
                    specialist: roster.specialists[place.slot].id,
                    utilisation: roster.load.utilisation[place.slot],
                    today: roster.load.todayShare[place.slot],
                    scarcity: place.scarcity,
                    wishes: place.wishes,
                    declined: reluctant.contains(place.slot) ? Candidate.reluctance : 0
                )
            )
        }
        return candidates
    }
}
