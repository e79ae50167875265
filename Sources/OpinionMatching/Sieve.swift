/// Those who are left while the hard rules are asked one after the other: words of 64 specialists, only those
/// in which somebody is left.
///
/// Its buffers stay from one decision to the next, so that a decision allocates nothing for it.
struct Sieve: Sendable {
    /// A word, and where it lies in a set.
    private struct Entry {
        var word: UInt64 = 0
        var place = 0
    }

    private var entries: [Entry] = []
    private var count = 0

    /// Begins with those who are in both sets.
    ///
    /// - Returns: How many they are.
    mutating func begin(_ first: Bitset, _ second: Bitset) -> Int {
        let most = Swift.min(first.words.count, second.words.count)
        while entries.count < most { entries.append(Entry()) }
        var left = 0
        var kept = 0
        var all = entries.mutableSpan
        for place in 0..<most {
            let word = first.words[place] & second.words[place]
            all[kept] = Entry(word: word, place: place)
            left += word.nonzeroBitCount
            kept += word == 0 ? 0 : 1
        }
        count = kept
        return left
    }

    /// Keeps those who are in the set.
    ///
    /// - Returns: How many are dropped.
    mutating func keep(_ set: Bitset) -> Int {
        filter { $0 & set.word($1) }
    }

    /// Keeps those who are in one of two sets.
    mutating func keep(_ first: Bitset, _ second: Bitset) -> Int {
        filter { $0 & (first.word($1) | second.word($1)) }
    }

    /// Drops those who are in the set.
    ///
    /// - Returns: How many they are.
    mutating func drop(_ set: Bitset) -> Int {
        filter { $0 & ~set.word($1) }
    }

    /// Drops one slot.
    ///
    /// - Complexity: O(log words).
    /// - Returns: 1 if it was there, else 0.
    mutating func drop(slot: Int) -> Int {
        let index = index(of: slot >> 6)
        let bit: UInt64 = 1 << UInt64(slot & 63)
        guard index < count, entries[index].place == slot >> 6, entries[index].word & bit != 0
        else { return 0 }
        entries[index].word &= ~bit
        return 1
    }

    /// Keeps those who pass.
    ///
    /// - Returns: How many are dropped.
    mutating func filter(_ passes: (Int) -> Bool) -> Int {
        filter { word, place in
            var (left, passed) = (word, word)
            while left != 0 {
                let bit = left & (0 &- left)
                if !passes(place << 6 | left.trailingZeroBitCount) { passed &= ~bit }
                left &= left - 1
            }
            return passed
        }
    }

    /// The first entry that lies no earlier.
    private func index(of place: Int) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].place < place { low = middle + 1 } else { high = middle }
        }
        return low
    }

    @inline(__always)
    private mutating func filter(_ pass: (UInt64, Int) -> UInt64) -> Int {
        let last = count
        var all = entries.mutableSpan
        var kept = 0
        var dropped = 0
        for index in 0..<last {
            let entry = all[index]
            let passed = pass(entry.word, entry.place)
            dropped += (entry.word ^ passed).nonzeroBitCount
            all[kept] = Entry(word: passed, place: entry.place)
            kept += passed == 0 ? 0 : 1
        }
        count = kept
        return dropped
    }

    /// Calls `body` with each who is left, in ascending order of slots.
    @inline(__always)
    func forEach(_ body: (Int) -> Void) {
        for index in 0..<count {
            var word = entries[index].word
            while word != 0 {
                body(entries[index].place << 6 | word.trailingZeroBitCount)
                word &= word - 1
            }
        }
    }
}
