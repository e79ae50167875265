/// Those who are left while the hard rules are asked one after the other: words of 64 specialists.
///
/// Its buffer stays from one decision to the next, so that a decision allocates nothing for it. Rules that
/// every specialist is asked are asked together, in one walk over the words, with their counts apart.
struct Sieve: Sendable {
    private(set) var words: [UInt64] = []
    /// The words in which somebody may be left.
    private(set) var count = 0
    /// How many are left.
    private(set) var kept = 0

    /// What a need asks of everybody by name; who must be in a set of two is in one of them.
    struct Names {
        var active: Bitset
        var experts: Bitset
        var disciplines: (Bitset, Bitset)
        var languages: (Bitset, Bitset)
        var licensed: Bitset
    }

    /// How many each of the first four rules leaves.
    struct Kept {
        var experts = 0
        var disciplined = 0
        var speaking = 0
        var licensed = 0
    }

    /// Begins with those who are active and pass the four rules.
    mutating func begin(_ names: Names) -> Kept {
        count = Swift.min(names.active.words.count, names.experts.words.count)
        while words.count < count { words.append(0) }
        let whole = names.leastWords(count)
        var sum = Kept()
        begin(names, whole, &sum)
        for index in whole..<count {
            words[index] = sum.note(
                names.active.word(index) & names.experts.word(index),
                names.disciplines.0.word(index) | names.disciplines.1.word(index),
                names.languages.0.word(index) | names.languages.1.word(index),
                names.licensed.word(index)
            )
        }
        kept = sum.licensed
        return sum
    }

    /// The words that all sets have.
    private mutating func begin(_ names: Names, _ whole: Int, _ sum: inout Kept) {
        let active = names.active.words.span.extracting(first: whole)
        let experts = names.experts.words.span.extracting(first: whole)
        let discipline = names.disciplines.0.words.span.extracting(first: whole)
        let other = names.disciplines.1.words.span.extracting(first: whole)
        let language = names.languages.0.words.span.extracting(first: whole)
        let second = names.languages.1.words.span.extracting(first: whole)
        let licensed = names.licensed.words.span.extracting(first: whole)
        var all = words.mutableSpan
        for index in 0..<whole {
            all[index] = sum.note(
                active[index] & experts[index],
                discipline[index] | other[index],
                language[index] | second[index],
                licensed[index]
            )
        }
    }

    /// Keeps who is open, not away and has room; how many each of the three drops.
    mutating func keep(
        open: Bitset,
        away: Bitset,
        room: Bitset
    ) -> (closed: Int, away: Int, full: Int) {
        let before = kept
        let (opened, present, free) = asked(open, away, room)
        kept = free
        return (before - opened, opened - present, present - free)
    }

    /// How many each of the three leaves.
    private mutating func asked(_ open: Bitset, _ away: Bitset, _ room: Bitset) -> (Int, Int, Int) {
        var (opened, present, free) = (0, 0, 0)
        let last = count
        let (opens, absent, rooms) = (open.words.span, away.words.span, room.words.span)
        var all = words.mutableSpan
        for index in 0..<last where all[index] != 0 {
            var word = index < opens.count ? all[index] & opens[index] : 0
            opened &+= word.nonzeroBitCount
            if index < absent.count { word &= ~absent[index] }
            present &+= word.nonzeroBitCount
            word = index < rooms.count ? word & rooms[index] : 0
            free &+= word.nonzeroBitCount
            all[index] = word
        }
        return (opened, present, free)
    }

    /// Drops those who are in the set.
    ///
    /// - Complexity: O(words of the set).
    /// - Returns: How many they are.
    mutating func drop(_ set: SparseBitset) -> Int {
        let last = count
        var all = words.mutableSpan
        var dropped = 0
        for word in set.words where word.index < last {
            let before = all[word.index]
            dropped &+= (before & word.bits).nonzeroBitCount
            all[word.index] = before & ~word.bits
        }
        kept -= dropped
        return dropped
    }

    /// Drops one slot.
    ///
    /// - Returns: 1 if it was there, else 0.
    mutating func drop(slot: Int) -> Int {
        let before = kept
        if slot >> 6 < count { drop(1 << UInt64(slot & 63), of: slot >> 6) }
        return before - kept
    }

    private mutating func drop(_ bits: UInt64, of index: Int) {
        kept -= (words[index] & bits).nonzeroBitCount
        words[index] &= ~bits
    }

    /// Keeps those who pass.
    ///
    /// - Returns: How many are dropped.
    mutating func filter(_ passes: (Int) -> Bool) -> Int {
        let before = kept
        for index in 0..<count {
            var word = words[index]
            while word != 0 {
                let slot = index << 6 | word.trailingZeroBitCount
                if !passes(slot) { drop(word & (0 &- word), of: index) }
                word &= word - 1
            }
        }
        return before - kept
    }

    /// Slots that are left, so many at most.
    func some(_ most: Int) -> [Int] {
        var slots: [Int] = []
        for index in 0..<count {
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
        slot >> 6 < count && words[slot >> 6] >> UInt64(slot & 63) & 1 == 1
    }
}

extension Sieve.Names {
    /// The words that every set has, `most` at most.
    fileprivate func leastWords(_ most: Int) -> Int {
        let disciplines = min(disciplines.0.words.count, disciplines.1.words.count)
        let languages = min(languages.0.words.count, languages.1.words.count)
        return min(min(most, licensed.words.count), min(disciplines, languages))
    }
}

extension Sieve.Kept {
    /// Asks four rules of 64 specialists; who is left.
    @inline(__always)
    fileprivate mutating func note(
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
