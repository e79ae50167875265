/// Sets of a roster's slots: the rows of one table, 64 slots to a word, each row as wide as the roster.
///
/// A set is a row number, so passing one copies nothing, and a walk over several sets needs no checks of their lengths.
/// Copies of the table share its words until one of them changes.
struct BitMatrix: Sendable {
    /// The number of a row.
    typealias Row = Int

    // The sets that every roster has.

    /// The empty set.
    static let nobody: Row = 0
    /// Those who may be given seats.
    static let active: Row = 1
    /// Those who are away; kept by ``AbsenceCalendar``.
    static let away: Row = 2
    /// Those with room for a seat of one unit, not counting limits by kind of request; kept by ``Load``.
    static let room: Row = 3
    // Sets put together for one decision.

    static let experts: Row = 4
    static let disciplines: Row = 5
    static let languages: Row = 6
    static let ages: Row = 7
    private static let firstExperts: Row = 8
    private static let fixed =
        firstExperts + CancerFamily.allCases.count * Specialist.Expertise.levels.count

    /// Those who treat a family at a level or higher.
    @inline(__always)
    static func experts(in family: CancerFamily, atLeast level: Int) -> Row {
        firstExperts + Int(family.rawValue) * Specialist.Expertise.levels.count + level - 1
    }

    private(set) var words = [UInt64](repeating: 0, count: fixed)
    /// Words from the start of one row to the start of the next.
    private var width = 1
    /// Words of a row that hold slots; the rest is spare.
    private(set) var used = 0
    private var vacant: [Row] = []

    private var count: Int { words.count / width }

    /// Adds an empty set.
    mutating func add() -> Row {
        if let row = vacant.popLast() {
            clear(row)
            return row
        }
        words.append(contentsOf: repeatElement(0, count: width))
        return count - 1
    }

    /// Removes sets; their rows are used again.
    mutating func vacate(_ rows: some Sequence<Row>) { vacant.append(contentsOf: rows) }

    /// Makes every row wide enough for a number of slots.
    ///
    /// - Complexity: O(words of all rows) whenever the roster has doubled, else O(1).
    mutating func widen(to slots: Int) {
        used = (slots + 63) / 64
        guard used > width else { return }
        let wider = Swift.max(2 * width, used)
        var all = [UInt64](repeating: 0, count: count * wider)
        for row in 0..<count {
            for index in 0..<width { all[row * wider + index] = words[row * width + index] }
        }
        (words, width) = (all, wider)
    }

    /// The indexes of a row's words.
    @inline(__always)
    func range(of row: Row) -> Range<Int> { row * width..<row * width + used }
}

extension BitMatrix {
    @inline(__always)
    func contains(_ slot: Int, in row: Row) -> Bool {
        words[row * width + slot >> 6] >> UInt64(slot & 63) & 1 == 1
    }

    mutating func insert(_ slot: Int, in row: Row) {
        words[row * width + slot >> 6] |= 1 << UInt64(slot & 63)
    }

    mutating func remove(_ slot: Int, from row: Row) {
        words[row * width + slot >> 6] &= ~(1 << UInt64(slot & 63))
    }

    mutating func set(_ slot: Int, in row: Row, to isIn: Bool) {
        if isIn { insert(slot, in: row) } else { remove(slot, from: row) }
    }

    mutating func clear(_ row: Row) {
        for index in range(of: row) { words[index] = 0 }
    }

    /// Copies a set into an empty row.
    mutating func fill(_ row: Row, with set: SparseBitset) {
        for word in set.words { words[row * width + word.index] = word.bits }
    }

    /// Makes `row` the union of other rows.
    mutating func unite(_ others: [Row], into row: Row) {
        clear(row)
        for other in others {
            for index in 0..<used { words[row * width + index] |= words[other * width + index] }
        }
    }

    /// Makes `row` the intersection of `first` and other rows.
    mutating func intersect(_ first: Row, _ others: some Sequence<Row>, into row: Row) {
        for index in 0..<used { words[row * width + index] = words[first * width + index] }
        for other in others {
            for index in 0..<used { words[row * width + index] &= words[other * width + index] }
        }
    }

    /// Calls `body` with each slot of a row, in ascending order.
    func forEach(in row: Row, _ body: (Int) -> Void) {
        for index in 0..<used {
            words[row * width + index].forEachBit { body(index << 6 | $0) }
        }
    }
}
