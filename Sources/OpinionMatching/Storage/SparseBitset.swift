/// A set of few slots among many: only the words of 64 bits that hold any slot, in ascending order.
///
/// Dropping a hospital's staff from a screening costs by the size of the staff, not of the network.
struct SparseBitset: Hashable, Sendable {
    struct Word: Hashable, Sendable {
        private let number: UInt32
        var bits: UInt64

        init(of slot: Int) { (number, bits) = (UInt32(slot >> 6), 1 << UInt64(slot & 63)) }

        @inline(__always)
        var index: Int { Int(number) }
    }

    private(set) var words: [Word] = []

    var isEmpty: Bool { words.isEmpty }

    /// - Complexity: O(1) for a slot higher than all others, else O(words).
    mutating func insert(_ slot: Int) {
        let place = place(of: slot)
        if place == words.count || words[place].index != slot >> 6 {
            words.insert(Word(of: slot), at: place)
        } else {
            words[place].bits |= 1 << UInt64(slot & 63)
        }
    }

    mutating func remove(_ slot: Int) {
        let place = place(of: slot)
        guard place < words.count, words[place].index == slot >> 6 else { return }
        words[place].bits &= ~(1 << UInt64(slot & 63))
        if words[place].bits == 0 { words.remove(at: place) }
    }

    /// The index at which the slot's word is or would be.
    private func place(of slot: Int) -> Int {
        let index = slot >> 6
        guard let last = words.last, last.index >= index else { return words.count }
        var (low, high) = (0, words.count)
        while low < high {
            let middle = (low + high) / 2
            if words[middle].index < index { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
