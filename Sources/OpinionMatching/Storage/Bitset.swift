/// A set of small numbers: one bit each, 64 to a word.
///
/// Bits beyond the last word are zero.
package struct Bitset: Hashable, Sendable {
    private var words: [UInt64] = []
    package private(set) var count = 0

    package init() {}

    package var isEmpty: Bool { count == 0 }

    package func contains(_ number: Int) -> Bool {
        let word = number >> 6
        return word < words.count && words[word] >> UInt64(number & 63) & 1 == 1
    }

    package mutating func insert(_ number: Int) {
        guard !contains(number) else { return }
        let word = number >> 6
        while words.count <= word { words.append(0) }
        words[word] |= 1 << UInt64(number & 63)
        count += 1
    }

    package mutating func remove(_ number: Int) {
        guard contains(number) else { return }
        words[number >> 6] &= ~(1 << UInt64(number & 63))
        count -= 1
    }

    package mutating func set(_ number: Int, to isIn: Bool) {
        if isIn { insert(number) } else { remove(number) }
    }
}
