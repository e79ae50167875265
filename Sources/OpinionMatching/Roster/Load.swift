/// The work of each slot, and the terms of its score that depend on that work.
///
/// Keeps the set ``BitMatrix/room``: the slots with room for one more unit.
struct Load: Sendable {
    private(set) var work: [Caseload] = []
    private var capacity: [Specialist.Capacity] = []
    /// The sum of the terms of each slot's score that depend only on its work: utilisation and seats given today.
    ///
    /// 200 kB for 100,000 slots, so that ranking stays in a core's own cache.
    private(set) var bases: [UInt16] = []
    /// The part of each base that is the utilisation.
    private var utilisations: [UInt16] = []
    /// The slots with a limit for some kind of request.
    private(set) var limited = Bitset()
    var hasKindLimits: Bool { !limited.isEmpty }

    /// Whether anybody limits how many seats they are given in a day or a week.
    var hasCountLimits: Bool {
        capacity.contains { $0.dailyAssignments != nil || $0.weeklyAssignments != nil }
    }

    /// Puts a specialist with some work into a slot.
    mutating func insert(
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

    /// Empties a slot.
    mutating func remove(_ slot: Int, _ matrix: inout BitMatrix) {
        insert(slot, Specialist.Capacity(units: 0), Caseload(), &matrix)
    }

    /// Adds a seat, which counts for today and for this week.
    mutating func take(_ slot: Int, units: Int, _ kind: RequestKind, _ matrix: inout BitMatrix) {
        work[slot].units += units
        work[slot].seats[kind] += 1
        work[slot].today += 1
        work[slot].week += 1
        refresh(slot, &matrix)
    }

    /// Removes a seat; it still counts for the day and the week in which it was given.
    mutating func release(_ slot: Int, units: Int, _ kind: RequestKind, _ matrix: inout BitMatrix) {
        let held = work[slot].units
        precondition(held >= units, "slot \(slot) holds \(held), less than \(units)")
        work[slot].units -= units
        work[slot].seats[kind] -= 1
        refresh(slot, &matrix)
    }

    /// Sets the seats given today to zero, and in a new week those given in the week too.
    mutating func beginDay(isNewWeek: Bool, _ matrix: inout BitMatrix) {
        for slot in work.indices {
            work[slot].today = 0
            if isNewWeek { work[slot].week = 0 }
            refresh(slot, &matrix)
        }
    }

    /// Whether a seat fits into all limits of a slot.
    func hasRoom(_ slot: Int, for units: Int, _ kind: RequestKind) -> Bool {
        capacity[slot].fits(units, kind, onTopOf: work[slot])
    }

    /// Whether a slot has reached its limit for a kind of request.
    func isFull(_ slot: Int, of kind: RequestKind) -> Bool {
        !capacity[slot].fitsKind(kind, onTopOf: work[slot])
    }

    /// Share of the capacity in use, in ten-thousandths, 10,000 at most.
    func utilisation(of slot: Int) -> Int { Int(utilisations[slot]) }

    /// Seats given today, in thousandths of the capacity, 20,000 at most.
    func todayShare(of slot: Int) -> Int { Int(bases[slot] - utilisations[slot]) }

    /// The largest share; keeps a base below ``Candidate/reluctance``, however many seats were given today.
    private static let todayMost = 20_000

    /// Units that could be taken now, one after the other.
    func free(_ slot: Int, _ matrix: borrowing BitMatrix) -> Int {
        matrix.contains(slot, in: BitMatrix.room) ? capacity[slot].units - work[slot].units : 0
    }

    /// Works out what is derived from the work of a slot.
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
