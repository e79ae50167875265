/// The best few of the eligible specialists.
///
/// The lowest score comes first. Equal scores are ordered by a hash of request and specialist, so that the work is shared
/// independently of arrival and name, and finally by ID, so that no tie is left.
///
/// The buffers are kept from one decision to the next.
struct Ranking: Sendable {
    private struct Place {
        let slot: Int
        let tie: UInt64
        /// The score, followed by as much of the tie as fits into the word.
        ///
        /// The lower mark comes first; equal marks need a closer look. For the many specialists who are not among the
        /// best this is a single comparison that the processor predicts well.
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
    /// A place with a higher mark is not among the best.
    private var limitMark = UInt64.max
    /// A specialist with a higher score is not among the best.
    private var limit: Int { Int(limitMark >> 40) }

    /// Ranks the specialists in the roster's ``Roster/eligibility``.
    ///
    /// No term is negative, so a specialist whose load alone exceeds the worst score among the best is skipped.
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

    /// Ranks when only the load affects the score.
    ///
    /// Then many are eligible and each costs little, so that an unpredictable branch for each would cost as much again.
    /// Listing them first avoids it.
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

    /// Calls `body` with each eligible slot and its base; see ``Load/bases``.
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

    /// Inserts a place in order and drops the last one; the place that is last then.
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
        return roster.members.specialists[left.slot].id < roster.members.specialists[right.slot].id
    }

    /// The slot of the best specialist.
    var first: Int? { places.first?.slot }

    /// The best specialists, with the terms of their scores.
    func best(of roster: borrowing Roster, by scorer: borrowing Scorer) -> Shortlist {
        var best = Shortlist()
        for place in places { best.append(scorer.candidate(place.slot, place.score, in: roster)) }
        return best
    }
}
