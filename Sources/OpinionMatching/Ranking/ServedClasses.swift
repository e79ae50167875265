/// The classes of work that each specialist serves, by slot; see ``Scarcity``.
///
/// Up to fifteen classes are stored side by side in 32 bytes, so that summing their prices reads one place in memory. 0
/// is no class.
struct ServedClasses: Sendable {
    /// Sixteen numbers of 16 bits, four to a word, the first in the lowest bits.
    private struct Row: Sendable {
        let words: (UInt64, UInt64, UInt64, UInt64)

        static let most = 15

        /// Of a specialist with more classes than fit, or with a class whose number is too high: an index into `many`.
        init(overflow: Int) { words = (UInt64(overflow), 0, 0, 1 << 48) }

        /// - Precondition: There are at most ``most`` classes, none above 65,535.
        init(_ classes: [Int]) {
            var all: [UInt64] = [0, 0, 0, 0]
            for (lane, place) in classes.enumerated() {
                all[lane / 4] |= UInt64(place) << UInt64(lane % 4 * 16)
            }
            words = (all[0], all[1], all[2], all[3])
        }

        var hasOverflow: Bool { words.3 >> 48 != 0 }
        /// The index of its list in `many`.
        var overflow: Int { Int(words.0) }
    }

    private var rows: [Row] = []
    /// The classes of the few specialists whose row has no room for them.
    private var many: [[Int]] = []
    /// Free indexes of `many`.
    private var vacant: [Int] = []

    mutating func set(_ slot: Int, _ classes: [Int]) {
        while rows.count <= slot { rows.append(Row([])) }
        if rows[slot].hasOverflow {
            many[rows[slot].overflow] = []
            vacant.append(rows[slot].overflow)
        }
        let fits = classes.count <= Row.most && classes.allSatisfy { $0 <= UInt16.max }
        rows[slot] = fits ? Row(classes) : Row(overflow: keep(classes))
    }

    private mutating func keep(_ classes: [Int]) -> Int {
        let index = vacant.popLast() ?? many.count
        if index == many.count { many.append(classes) } else { many[index] = classes }
        return index
    }

    /// The classes of a slot.
    @inline(__always)
    func places(of slot: Int) -> Places {
        let row = rows[slot]
        return row.hasOverflow
            ? Places((0, 0, 0, 0), many[row.overflow]) : Places(row.words, [])
    }

    /// The sum of the prices of a slot's classes.
    ///
    /// - Precondition: The price of class 0 is 0.
    ///
    /// - Complexity: O(classes), four at a time.
    @inline(__always)
    func sum(of slot: Int, _ prices: borrowing [Int]) -> Int {
        let row = rows[slot]
        if row.hasOverflow { return sum(ofMany: row.overflow, prices) }
        var sum = Self.cost(row.words.0, prices)
        if row.words.1 == 0 { return sum }
        sum &+= Self.cost(row.words.1, prices)
        if row.words.2 == 0 { return sum }
        return sum &+ Self.cost(row.words.2, prices) &+ Self.cost(row.words.3, prices)
    }

    private func sum(ofMany index: Int, _ prices: borrowing [Int]) -> Int {
        let classes = many.span
        var sum = 0
        for place in classes[index].indices { sum &+= prices[classes[index][place]] }
        return sum
    }

    @inline(__always)
    private static func cost(_ word: UInt64, _ prices: borrowing [Int]) -> Int {
        prices[Int(word & 0xffff)] &+ prices[Int(word >> 16 & 0xffff)]
            &+ prices[Int(word >> 32 & 0xffff)] &+ prices[Int(word >> 48)]
    }
}

extension ServedClasses {
    /// The classes of one slot: those of its row, else those of its list.
    struct Places: Sequence, IteratorProtocol {
        private var words: (UInt64, UInt64, UInt64, UInt64)
        private var many: [Int]
        private var index = 0

        fileprivate init(_ words: (UInt64, UInt64, UInt64, UInt64), _ many: [Int]) {
            (self.words, self.many) = (words, many)
        }

        @inline(__always)
        mutating func next() -> Int? {
            if words.0 == 0 { words = (words.1, words.2, words.3, 0) }
            guard words.0 != 0 else { return nextOfMany() }
            defer { words.0 >>= 16 }
            return Int(words.0 & 0xffff)
        }

        private mutating func nextOfMany() -> Int? {
            guard index < many.count else { return nil }
            defer { index += 1 }
            return many[index]
        }
    }
}
