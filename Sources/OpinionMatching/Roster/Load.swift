/// The work that each slot has; who has room for one unit more is the set ``BitMatrix/room``.
struct Load: Sendable {
    private(set) var work: [Caseload] = []
    private var capacity: [Specialist.Capacity] = []
    /// The terms of each slot's score that depend on the load alone: 200 kB for 100,000 slots, so that ranking
    /// them stays in a core's own cache.
    private(set) var bases: [UInt16] = []
    /// The term of them that is the utilisation.
    private var utilisations: [UInt16] = []
    /// Who limits how many seats of a kind they take.
    private(set) var limited = Bitset()
    var hasKindLimits: Bool { !limited.isEmpty }

    /// Whether anybody limits how many seats in a day or a week.
    var hasCountLimits: Bool {
        capacity.contains { $0.dailyAssignments != nil || $0.weeklyAssignments != nil }
    }

    mutating func open(
        _ slot: Int,
        _ capacity: Specialist.Capacity,
        _ work: Caseload,
        _ matrix: inout BitMatrix
    ) {
        while self.work.count <= slot {
            self.work.append(Caseload())
            bases.append(0)
            utilisations.append(0)
            self.capacity.append(Specialist.Capacity(units: 0))
        }
        self.work[slot] = work
        self.capacity[slot] = capacity
        limited.set(slot, to: capacity.perKind != nil)
        refresh(slot, &matrix)
    }

    mutating func close(_ slot: Int, _ matrix: inout BitMatrix) {
        open(slot, Specialist.Capacity(units: 0), Caseload(), &matrix)
    }

    mutating func take(_ slot: Int, units: Int, _ kind: RequestKind, _ matrix: inout BitMatrix) {
        work[slot].units += units
        work[slot].seats[kind] += 1
        work[slot].today += 1
        work[slot].week += 1
        refresh(slot, &matrix)
    }

    mutating func release(_ slot: Int, units: Int, _ kind: RequestKind, _ matrix: inout BitMatrix) {
        let held = work[slot].units
        precondition(held >= units, "slot \(slot) holds \(held), less than \(units)")
        work[slot].units -= units
        work[slot].seats[kind] -= 1
        refresh(slot, &matrix)
    }

    mutating func beginDay(isNewWeek: Bool, _ matrix: inout BitMatrix) {
        for slot in work.indices {
            work[slot].today = 0
            if isNewWeek { work[slot].week = 0 }
            refresh(slot, &matrix)
        }
    }

    func hasRoom(_ slot: Int, for units: Int, _ kind: RequestKind) -> Bool {
        capacity[slot].takes(units, kind, beside: work[slot])
    }

    /// Whether a slot's own limit for a kind of request is reached.
    func isFull(_ slot: Int, of kind: RequestKind) -> Bool {
        !capacity[slot].hasPlace(for: kind, beside: work[slot])
    }

    /// Share of the capacity in use, in parts of ten thousand; who holds more than the capacity is never ranked.
    func utilisation(of slot: Int) -> Int { Int(utilisations[slot]) }

    /// Seats given today, in thousandths of the capacity; from twenty times the capacity on all are alike.
    func todayShare(of slot: Int) -> Int { Int(bases[slot] - utilisations[slot]) }

    /// Whoever declined comes after everybody else, however much others did today.
    private static let todayMost = 20_000

    /// Units that could be taken now, one at a time.
    func free(_ slot: Int, _ matrix: borrowing BitMatrix) -> Int {
        matrix.contains(slot, in: BitMatrix.room) ? capacity[slot].units - work[slot].units : 0
    }

    private mutating func refresh(_ slot: Int, _ matrix: inout BitMatrix) {
        let (now, limit) = (work[slot], capacity[slot])
        let isOpen =
            now.units < limit.units && now.today < limit.dailyAssignments ?? .max
            && now.week < limit.weeklyAssignments ?? .max
        matrix.set(slot, in: BitMatrix.room, to: isOpen)
        let units = Swift.max(limit.units, 1)
        let utilisation = Swift.min(now.units * 10_000 / units, 10_000)
        let today = Swift.min(now.today * 1_000 / units, Self.todayMost)
        utilisations[slot] = UInt16(utilisation)
        bases[slot] = UInt16(utilisation + today)
    }
}
