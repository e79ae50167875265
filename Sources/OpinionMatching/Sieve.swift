/// Those who are left while the hard rules are asked one after the other: words of 64 specialists.
///
/// Its buffer stays from one decision to the next, so that a decision allocates nothing for it. Each question
/// costs a few instructions a word, of which some are skipped where nobody is left.
struct Sieve: Sendable {
    private var words: [UInt64] = []
    /// The words in which somebody may be left.
    private var count = 0

    /// Begins with those who are in both sets.
    ///
    /// - Returns: How many they are.
    mutating func begin(_ first: Bitset, _ second: Bitset) -> Int {
        let most = Swift.min(first.words.count, second.words.count)
        while words.count < most { words.append(0) }
        count = most
        let (left, right) = (first.words.span, second.words.span)
        var all = words.mutableSpan
        var kept = 0
        for index in 0..<most {
            let word = left[index] & right[index]
            all[index] = word
            kept += word.nonzeroBitCount
        }
        return kept
    }

    /// Keeps those who are in the set.
    ///
    /// - Returns: How many are dropped.
    mutating func keep(_ set: Bitset) -> Int {
        let beyond = cut(to: set.words.count)
        let others = set.words.span
        return beyond + change { $0 & others[$1] }
    }

    /// Keeps those who are in one of two sets.
    mutating func keep(_ first: Bitset, _ second: Bitset) -> Int {
        let beyond = cut(to: Swift.max(first.words.count, second.words.count))
        return beyond + change { $0 & (first.word($1) | second.word($1)) }
    }

    /// Drops those who are in the set.
    ///
    /// - Returns: How many they are.
    mutating func drop(_ set: Bitset) -> Int {
        let last = Swift.min(count, set.words.count)
        let others = set.words.span
        var all = words.mutableSpan
        var dropped = 0
        for index in 0..<last where others[index] != 0 {
            dropped += (all[index] & others[index]).nonzeroBitCount
            all[index] &= ~others[index]
        }
        return dropped
    }

    /// Drops one slot.
    ///
    /// - Complexity: O(1).
    /// - Returns: 1 if it was there, else 0.
    mutating func drop(slot: Int) -> Int {
        let (index, bit) = (slot >> 6, UInt64(1) << UInt64(slot & 63))
        guard index < count, words[index] & bit != 0 else { return 0 }
        words[index] &= ~bit
        return 1
    }

    /// Keeps those who pass.
    ///
    /// - Returns: How many are dropped.
    mutating func filter(_ passes: (Int) -> Bool) -> Int {
        change { word, index in
            var (left, passed) = (word, word)
            while left != 0 {
                let bit = left & (0 &- left)
                if !passes(index << 6 | left.trailingZeroBitCount) { passed &= ~bit }
                left &= left - 1
            }
            return passed
        }
    }

    /// Drops all in the words from one on.
    private mutating func cut(to most: Int) -> Int {
        guard most < count else { return 0 }
        var dropped = 0
        for index in most..<count { dropped += words[index].nonzeroBitCount }
        count = most
        return dropped
    }

    @inline(__always)
    private mutating func change(_ pass: (UInt64, Int) -> UInt64) -> Int {
        let last = count
        var all = words.mutableSpan
        var dropped = 0
        for index in 0..<last {
            let word = all[index]
            let passed = pass(word, index)
            dropped += (word ^ passed).nonzeroBitCount
            all[index] = passed
        }
        return dropped
    }

    /// Calls `body` with each who is left, in ascending order of slots.
    @inline(__always)
    func forEach(_ body: (Int) -> Void) {
        for index in 0..<count {
            var word = words[index]
            while word != 0 {
                body(index << 6 | word.trailingZeroBitCount)
                word &= word - 1
            }
        }
    }
}
