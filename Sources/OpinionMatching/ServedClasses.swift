/// The classes of work that each specialist serves, by slot.
///
/// Up to fifteen lie in 32 bytes side by side, so that summing their prices looks in one place. 0 is no class.
struct ServedClasses: Sendable {
    private struct Row: Sendable {
        var quarters: (Quarter, Quarter, Quarter, Quarter)
        typealias Quarter = SIMD4<UInt16>

        init(_ classes: [Int]) {
            let all = SIMD16<UInt16>(
                classes.map { UInt16($0) } + Array(repeating: 0, count: 16 - classes.count)
            )
            let (low, high) = (all.lowHalf, all.highHalf)
            quarters = (low.lowHalf, low.highHalf, high.lowHalf, high.highHalf)
        }

        static let most = 15
        /// Of one with more classes, or with a class of so high a number that a row can't hold it.
        static let overflow = Row(Array(repeating: 0, count: most) + [1])
    }

    private var rows: [Row] = []
    /// All classes of those few whose row has no room for them.
    private var many: [Int: [Int]] = [:]

    mutating func set(_ slot: Int, _ classes: [Int]) {
        while rows.count <= slot { rows.append(Row([])) }
        let fits = classes.count <= Row.most && classes.allSatisfy { $0 <= UInt16.max }
        rows[slot] = fits ? Row(classes) : .overflow
        many[slot] = fits ? nil : classes
    }

    /// Calls `body` with the place of each.
    func forEach(of slot: Int, _ body: (Int) -> Void) {
        let quarters = rows[slot].quarters
        if quarters.3.w != 0 { return many[slot, default: []].forEach(body) }
        for quarter in [quarters.0, quarters.1, quarters.2, quarters.3] {
            for lane in quarter.indices where quarter[lane] != 0 { body(Int(quarter[lane])) }
        }
    }

    /// The sum of what their classes cost, where no class costs nothing.
    ///
    /// - Complexity: O(classes), four at a time.
    @inline(__always)
    func sum(of slot: Int, _ prices: borrowing [Int]) -> Int {
        let quarters = rows[slot].quarters
        if quarters.3.w != 0 { return many[slot, default: []].reduce(0) { $0 + prices[$1] } }
        var sum = cost(quarters.0, prices)
        if quarters.1.x == 0 { return sum }
        sum &+= cost(quarters.1, prices)
        if quarters.2.x == 0 { return sum }
        return sum &+ cost(quarters.2, prices) &+ cost(quarters.3, prices)
    }

    @inline(__always)
    private func cost(_ quarter: Row.Quarter, _ prices: borrowing [Int]) -> Int {
        prices[Int(quarter.x)] &+ prices[Int(quarter.y)]
            &+ prices[Int(quarter.z)] &+ prices[Int(quarter.w)]
    }
}
