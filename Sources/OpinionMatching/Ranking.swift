/// The best few of the eligible.
///
/// Lower score first; equals by a hash of request and specialist, so that they share the work in an
/// order that neither arrival nor name decides; last by ID, so that no tie is left.
///
/// Its buffers stay from one decision to the next.
struct Ranking: Sendable {
    private struct Entry {
        var slot: UInt32 = 0
        /// The score's terms that depend on the load alone: no term is negative, so the score is no less.
        var base: UInt32 = 0
    }

    private struct Place {
        let slot: Int
        let score: Int
        let tie: UInt64
    }

    private var most = 0
    private var entries: [Entry] = []
    private var places: [Place] = []
    /// Who comes behind this score and tie is not among the best.
    private var limit = Int.max
    private var limitTie = UInt64.max

    /// Ranks those whom the roster's sieve has left.
    ///
    /// Those with the least load first: they are likely the best, and who has more load than the last of
    /// the best has score is not weighed at all.
    /// - Complexity: O(eligible), of whom the least loaded are weighed.
    mutating func rank(_ roster: borrowing Roster, by weighing: borrowing Weighing, most: Int) {
        (self.most, limit, limitTie) = (most, .max, .max)
        places.removeAll(keepingCapacity: true)
        let (count, least) = gather(roster)
        let gathered = entries
        for entry in gathered[..<count] where entry.base == least {
            offer(entry, of: roster, weighing)
        }
        for entry in gathered[..<count] where entry.base != least && entry.base <= limit {
            offer(entry, of: roster, weighing)
        }
    }

    /// Writes down who is eligible and how loaded; how many they are, and the least load.
    private mutating func gather(_ roster: borrowing Roster) -> (count: Int, least: UInt32) {
        while entries.count < roster.specialists.count { entries.append(Entry()) }
        let words = roster.sieve.words.span.extracting(first: roster.sieve.count)
        let bases = roster.load.bases.span
        var written = entries.mutableSpan
        var (count, least) = (0, UInt32.max)
        for index in words.indices {
            var word = words[index]
            while word != 0 {
                let slot = index << 6 | word.trailingZeroBitCount
                let base = UInt32(bases[slot])
                written[count] = Entry(slot: UInt32(truncatingIfNeeded: slot), base: base)
                count &+= 1
                least = min(least, base)
                word &= word &- 1
            }
        }
        return (count, least)
    }

    @inline(__always)
    private mutating func offer(
        _ entry: Entry,
        of roster: borrowing Roster,
        _ weighing: borrowing Weighing
    ) {
        let slot = Int(entry.slot)
        let score = Int(entry.base) + weighing.weigh(slot, in: roster)
        if score > limit { return }
        let tie = weighing.tie(of: slot, in: roster)
        if score == limit, tie > limitTie { return }
        insert(Place(slot: slot, score: score, tie: tie), roster)
    }

    private mutating func insert(_ place: Place, _ roster: borrowing Roster) {
        if places.count < most {
            places.append(place)
        } else {
            guard precedes(place, places[most - 1], roster) else { return }
            places[most - 1] = place
        }
        var index = places.count - 1
        while index > 0, precedes(place, places[index - 1], roster) {
            places[index] = places[index - 1]
            index -= 1
        }
        places[index] = place
        if places.count == most {
            (limit, limitTie) = (places[most - 1].score, places[most - 1].tie)
        }
    }

    private func precedes(_ left: Place, _ right: Place, _ roster: borrowing Roster) -> Bool {
        if left.score != right.score { return left.score < right.score }
        if left.tie != right.tie { return left.tie < right.tie }
        return roster.specialists[left.slot].id < roster.specialists[right.slot].id
    }

    /// Calls `body` with each of the best, the best first.
    func forEach(_ body: (Int) -> Void) {
        for place in places { body(place.slot) }
    }
}
