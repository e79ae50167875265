/// The specialists who have passed the hard rules asked so far: words of 64 slots.
///
/// The buffer is kept from one decision to the next, so a decision allocates nothing for it. Several rules are asked in
/// one walk over the words and counted separately.
struct EligibilityFilter: Sendable {
    /// One bit a slot.
    private(set) var words: [UInt64] = []
    /// How many slots are left.
    private(set) var kept = 0

    /// The sets of the first four rules.
    ///
    /// A specialist passes who is in each set, and in at least one of each pair.
    struct FirstRows {
        var experts: BitMatrix.Row
        var disciplines: (BitMatrix.Row, BitMatrix.Row)
        var languages: (BitMatrix.Row, BitMatrix.Row)
        var licensed: BitMatrix.Row
    }

    /// How many specialists are left after each of the first four rules.
    struct FirstCounts {
        var experts = 0
        var disciplined = 0
        var speaking = 0
        var licensed = 0
    }

    /// Begins with the active specialists who pass the first four rules, in one walk over the words.
    mutating func begin(_ rows: FirstRows, of matrix: borrowing BitMatrix) -> FirstCounts {
        let last = matrix.used
        while words.count < last { words.append(0) }
        let all = matrix.words.span
        // Cut to the same length, so that the walk needs no bounds checks.
        let active = all.extracting(matrix.range(of: BitMatrix.active)).extracting(first: last)
        let experts = all.extracting(matrix.range(of: rows.experts)).extracting(first: last)
        let (disciplines, others) = rows.disciplines
        let discipline = all.extracting(matrix.range(of: disciplines)).extracting(first: last)
        let other = all.extracting(matrix.range(of: others)).extracting(first: last)
        let language = all.extracting(matrix.range(of: rows.languages.0)).extracting(first: last)
        let second = all.extracting(matrix.range(of: rows.languages.1)).extracting(first: last)
        let licensed = all.extracting(matrix.range(of: rows.licensed)).extracting(first: last)
        var sum = FirstCounts()
        var left = words.mutableSpan
        for index in active.indices {
            left[index] = sum.count(
                active[index] & experts[index],
                discipline[index] | other[index],
                language[index] | second[index],
                licensed[index]
            )
        }
        kept = sum.licensed
        return sum
    }

    /// Keeps those in `open` and `room` who are not in `away`; how many each of the three drops.
    mutating func keep(
        open: BitMatrix.Row,
        away: BitMatrix.Row,
        room: BitMatrix.Row,
        of matrix: borrowing BitMatrix
    ) -> (closed: Int, away: Int, full: Int) {
        let last = words.count
        var (opened, present, free) = (0, 0, 0)
        let all = matrix.words.span
        let opens = all.extracting(matrix.range(of: open)).extracting(first: last)
        let absent = all.extracting(matrix.range(of: away)).extracting(first: last)
        let rooms = all.extracting(matrix.range(of: room)).extracting(first: last)
        var left = words.mutableSpan
        for index in opens.indices {
            var word = left[index] & opens[index]
            opened &+= word.nonzeroBitCount
            word &= ~absent[index]
            present &+= word.nonzeroBitCount
            word &= rooms[index]
            free &+= word.nonzeroBitCount
            left[index] = word
        }
        let before = kept
        kept = free
        return (before - opened, opened - present, present - free)
    }

    /// Drops the members of a set.
    ///
    /// - Complexity: O(words of the set).
    /// - Returns: How many are dropped.
    mutating func drop(_ set: SparseBitset) -> Int {
        var all = words.mutableSpan
        var dropped = 0
        for word in set.words where word.index < all.count {
            let before = all[word.index]
            dropped &+= (before & word.bits).nonzeroBitCount
            all[word.index] = before & ~word.bits
        }
        kept -= dropped
        return dropped
    }

    /// Drops one slot.
    ///
    /// - Returns: 1 if the slot was left, else 0.
    mutating func drop(slot: Int) -> Int {
        let before = kept
        if slot >> 6 < words.count { drop(1 << UInt64(slot & 63), of: slot >> 6) }
        return before - kept
    }

    private mutating func drop(_ bits: UInt64, of index: Int) {
        kept -= (words[index] & bits).nonzeroBitCount
        words[index] &= ~bits
    }

    /// Keeps the slots that pass a test.
    ///
    /// - Returns: How many are dropped.
    mutating func filter(_ passes: (Int) -> Bool) -> Int {
        let before = kept
        for index in words.indices {
            words[index].forEachBit { bit in
                if !passes(index << 6 | bit) { drop(1 << UInt64(bit), of: index) }
            }
        }
        return before - kept
    }

    /// Writes the slots that are left into a buffer, in ascending order; how many there are.
    ///
    /// Four slots are written at a time, even where a word has fewer left: that avoids a branch for each bit, which the
    /// processor could not predict (Langdale and Lemire, Parsing Gigabytes of JSON per Second, 3.1.1).
    func list(in slots: inout [UInt32]) -> Int {
        while slots.count < kept + 64 { slots.append(0) }
        var slots = slots.mutableSpan
        var count = 0
        for index in words.indices {
            var word = words[index]
            let first = UInt32(truncatingIfNeeded: index) << 6
            let end = count &+ word.nonzeroBitCount
            repeat {
                for place in count..<count &+ 4 {
                    slots[place] = first &+ UInt32(truncatingIfNeeded: word.trailingZeroBitCount)
                    word &= word &- 1
                }
                count &+= 4
            } while count < end
            count = end
        }
        return count
    }

    /// Slots that are left, up to a maximum.
    func slots(max most: Int) -> [Int] {
        var slots: [Int] = []
        for index in words.indices {
            var word = words[index]
            while word != 0, slots.count < most {
                slots.append(index << 6 | word.trailingZeroBitCount)
                word &= word - 1
            }
            if slots.count == most { break }
        }
        return slots
    }

    /// Whether a slot is left.
    func contains(_ slot: Int) -> Bool {
        slot >> 6 < words.count && words[slot >> 6] >> UInt64(slot & 63) & 1 == 1
    }
}

extension EligibilityFilter.FirstCounts {
    /// Asks the four rules of 64 specialists and counts; those who are left.
    @inline(__always)
    fileprivate mutating func count(
        _ expert: UInt64,
        _ discipline: UInt64,
        _ language: UInt64,
        _ licensed: UInt64
    ) -> UInt64 {
        var word = expert
        experts &+= word.nonzeroBitCount
        word &= discipline
        disciplined &+= word.nonzeroBitCount
        word &= language
        speaking &+= word.nonzeroBitCount
        word &= licensed
        self.licensed &+= word.nonzeroBitCount
        return word
    }
}
