/// The best few of the eligible.
///
/// Lower score first; equals by a hash of request and specialist, so that they share the work in an
/// order that neither arrival nor name decides; last by ID, so that no tie is left.
///
/// Its buffers stay from one decision to the next.
struct Ranking: Sendable {
    private struct Place {
        let slot: Int
        let tie: UInt64
        /// The score, and of the tie what a word has room for.
        ///
        /// A higher one comes behind; of two equal ones it is open which. One comparison, and seldom a surprise,
        /// for the many who are not among the best.
        let mark: UInt64

        init(slot: Int, score: Int, tie: UInt64) {
            (self.slot, self.tie) = (slot, tie)
            mark = UInt64(truncatingIfNeeded: score) << 40 | tie >> 24
        }

        var score: Int { Int(mark >> 40) }
    }

    private var most = 0
    private var places: [Place] = []
    private var eligible: [UInt32] = []
    /// Who has a higher mark is not among the best.
    private var limitMark = UInt64.max
    /// Who has a higher score isn't either.
    private var limit: Int { Int(limitMark >> 40) }

    /// Ranks those whom the roster's sieve has left.
    ///
    /// No term is negative: who has more load than the last of the best has score is not weighed at all.
    /// - Complexity: O(eligible).
    mutating func rank(_ roster: borrowing Roster, by scorer: borrowing Scorer, most: Int) {
        (self.most, limitMark) = (most, .max)
        places.removeAll(keepingCapacity: true)
        if scorer.isLong {
            Self.forEachEligible(of: roster) { slot, base in
                guard base <= limit else { return }
                let score = scorer.weigh(slot, base, in: roster, upTo: limit)
                offer(slot, score, of: roster, scorer)
            }
        } else {
            offerAll(of: roster, scorer)
        }
    }

    /// Where nothing but the load counts many are eligible and each costs little: they are listed first, since a
    /// branch that can't be foreseen for each would cost as much.
    private mutating func offerAll(of roster: borrowing Roster, _ scorer: borrowing Scorer) {
        var slots: [UInt32] = []
        swap(&slots, &eligible)
        let count = roster.eligibility.list(in: &slots)
        offer(slots.span.extracting(first: count), of: roster, scorer)
        swap(&slots, &eligible)
    }

    private mutating func offer(
        _ slots: Span<UInt32>,
        of roster: borrowing Roster,
        _ scorer: borrowing Scorer
    ) {
        let bases = roster.load.bases.span
        for index in slots.indices {
            let slot = Int(slots[index])
            offer(slot, Int(bases[slot]), of: roster, scorer)
        }
    }

    /// Calls `body` with each eligible slot and the terms of its score that depend on the load alone.
    @inline(__always)
    private static func forEachEligible(of roster: borrowing Roster, _ body: (Int, Int) -> Void) {
        let words = roster.eligibility.words.span
        let bases = roster.load.bases.span
        for index in words.indices {
            words[index].forEachBit { bit in
                let slot = index << 6 | bit
                body(slot, Int(bases[slot]))
            }
        }
    }

    @inline(__always)
    private mutating func offer(
        _ slot: Int,
        _ score: Int,
        of roster: borrowing Roster,
        _ scorer: borrowing Scorer
    ) {
        let place = Place(slot: slot, score: score, tie: scorer.tie(of: slot, in: roster))
        if place.mark <= limitMark { insert(place, roster) }
    }

    private mutating func insert(_ place: Place, _ roster: borrowing Roster) {
        if places.count < most {
            places.append(place)
        } else if !Self.precedes(place, places[most - 1], roster) {
            return
        }
        let last = Self.put(place, &places, roster)
        if places.count == most { limitMark = last.mark }
    }

    /// Puts one in order among the others, instead of the last; who is last then.
    private static func put(
        _ place: Place,
        _ places: inout [Place],
        _ roster: borrowing Roster
    ) -> Place {
        var ordered = places.mutableSpan
        var index = ordered.count - 1
        while index > 0, precedes(place, ordered[index - 1], roster) {
            ordered[index] = ordered[index - 1]
            index -= 1
        }
        ordered[index] = place
        return ordered[ordered.count - 1]
    }

    private static func precedes(
        _ left: Place,
        _ right: Place,
        _ roster: borrowing Roster
    ) -> Bool {
        if left.mark != right.mark { return left.mark < right.mark }
        if left.tie != right.tie { return left.tie < right.tie }
        return roster.specialists[left.slot].id < roster.specialists[right.slot].id
    }

    /// The slot of the best.
    var first: Int? { places.first?.slot }

    /// The best, with their terms.
    func best(of roster: borrowing Roster, by scorer: borrowing Scorer) -> Shortlist {
        var best = Shortlist()
        for place in places { best.append(scorer.candidate(place.slot, place.score, in: roster)) }
        return best
    }
}
