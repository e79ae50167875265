/// Sets of slots of a roster, as the rows of one table: 64 slots to a word, every row as wide as the roster.
///
/// A set is a number: naming one copies nothing, and a walk over several asks none how long it is. A copy of the
/// table shares its words until one of the two changes.
struct BitMatrix: Sendable {
    /// A set, by its place in the table.
    typealias Row = Int

    /// The sets that every roster has.
    static let nobody: Row = 0
    /// Who may be given seats.
    static let active: Row = 1
    /// Who is away, as of the ``AbsenceCalendar``'s last answer.
    static let away: Row = 2
    /// Who can take a seat that costs one unit, whatever the kind of its request.
    static let room: Row = 3
    /// Room for what is put together for one decision only.
    static let experts: Row = 4
    static let disciplines: Row = 5
    static let languages: Row = 6
    static let ages: Row = 7
    private static let firstExperts: Row = 8
    private static let fixed =
        firstExperts + CancerFamily.allCases.count * Specialist.Expertise.levels.count

    /// Who treats the family at that level or higher.
    @inline(__always)
    static func experts(in family: CancerFamily, atLeast level: Int) -> Row {
        firstExperts + Int(family.rawValue) * Specialist.Expertise.levels.count + level - 1
    }

    private(set) var words = [UInt64](repeating: 0, count: fixed)
    /// From one row to the next.
    private var width = 1
    /// Words of a row in which somebody may be.
    private(set) var used = 0
    private var vacant: [Row] = []

    private var count: Int { words.count / width }

    /// A set that nobody is in.
    mutating func add() -> Row {
        if let row = vacant.popLast() {
            clear(row)
            return row
        }
        words.append(contentsOf: repeatElement(0, count: width))
        return count - 1
    }

    /// Sets that nobody asks for any more; their places are used again.
    mutating func vacate(_ rows: some Sequence<Row>) { vacant.append(contentsOf: rows) }

    /// Makes room for so many slots.
    ///
    /// - Complexity: O(words of all rows) each time that the roster has doubled.
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

    /// Where a row's words are.
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

    /// Puts who is in the set into an empty row.
    mutating func fill(_ row: Row, with set: SparseBitset) {
        for word in set.words { words[row * width + word.index] = word.bits }
    }

    /// Makes `row` hold who is in any of the others.
    mutating func unite(_ others: [Row], into row: Row) {
        clear(row)
        for other in others {
            for index in 0..<used { words[row * width + index] |= words[other * width + index] }
        }
    }

    /// Makes `row` hold who is in `first` and in each of the others.
    mutating func intersect(_ first: Row, _ others: some Sequence<Row>, into row: Row) {
        for index in 0..<used { words[row * width + index] = words[first * width + index] }
        for other in others {
            for index in 0..<used { words[row * width + index] &= words[other * width + index] }
        }
    }

    /// Calls `body` with each slot in ascending order.
    func forEach(in row: Row, _ body: (Int) -> Void) {
        for index in 0..<used {
            words[row * width + index].forEachBit { body(index << 6 | $0) }
        }
    }
}
