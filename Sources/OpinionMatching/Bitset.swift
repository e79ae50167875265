/// A set of slots of a roster: one bit each, 64 to a word.
///
/// Bits beyond the last word are zero.
package struct Bitset: Hashable, Sendable {
    package private(set) var words: [UInt64]

    package init(capacity: Int = 0) {
        words = Array(repeating: 0, count: (capacity + 63) / 64)
    }

    package init(_ slots: some Sequence<Int>) {
        self.init()
        for slot in slots { insert(slot) }
    }

    package func contains(_ slot: Int) -> Bool {
        let word = slot >> 6
        return word < words.count && words[word] >> UInt64(slot & 63) & 1 == 1
    }

    /// 64 slots at once; beyond the last word nobody.
    @inline(__always)
    func word(_ index: Int) -> UInt64 { index < words.count ? words[index] : 0 }

    package mutating func insert(_ slot: Int) {
        let word = slot >> 6
        while words.count <= word { words.append(0) }
        words[word] |= 1 << UInt64(slot & 63)
    }

    package mutating func remove(_ slot: Int) {
        let word = slot >> 6
        guard word < words.count else { return }
        words[word] &= ~(1 << UInt64(slot & 63))
    }

    package mutating func set(_ slot: Int, to isIn: Bool) {
        if isIn { insert(slot) } else { remove(slot) }
    }

    package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
    package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

    /// Empties it and keeps its buffer.
    package mutating func clear() {
        for index in words.indices { words[index] = 0 }
    }

    package mutating func formUnion(_ other: Bitset) {
        while words.count < other.words.count { words.append(0) }
        for index in other.words.indices { words[index] |= other.words[index] }
    }

    package mutating func formIntersection(_ other: Bitset) {
        for index in words.indices { words[index] &= other.word(index) }
    }

    /// Calls `body` with each slot in ascending order.
    @inline(__always)
    package func forEach(_ body: (Int) -> Void) {
        for index in words.indices {
            var word = words[index]
            while word != 0 {
                body(index << 6 | word.trailingZeroBitCount)
                word &= word - 1
            }
        }
    }
}
