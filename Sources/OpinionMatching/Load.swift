/// The work that each slot has, and who has room for one unit more.
struct Load: Sendable {
    private(set) var work: [Caseload] = []
    private var capacity: [Specialist.Capacity] = []
    /// The terms of each slot's score that depend on the load alone: 200 kB for 100,000 slots, so that ranking
    /// them stays in a core's own cache.
    private(set) var bases: [UInt16] = []
    /// Who can take a seat that costs one unit, whatever the kind of its request.
    private(set) var room = Bitset()
    /// Who limits how many seats of a kind they take.
    private(set) var limited = Bitset()
    private(set) var hasKindLimits = false

    /// Whether anybody limits how many seats in a day or a week.
    var hasCountLimits: Bool {
        capacity.contains { $0.dailyAssignments != nil || $0.weeklyAssignments != nil }
    }

    mutating func open(_ slot: Int, _ capacity: Specialist.Capacity, _ work: Caseload) {
        while self.work.count <= slot {
            self.work.append(Caseload())
            bases.append(0)
            self.capacity.append(Specialist.Capacity(units: 0))
        }
        self.work[slot] = work
        self.capacity[slot] = capacity
        limited.set(slot, to: capacity.perKind != nil)
        hasKindLimits = !limited.isEmpty
        refresh(slot)
    }

    mutating func close(_ slot: Int) {
        open(slot, Specialist.Capacity(units: 0), Caseload())
    }

    mutating func take(_ slot: Int, units: Int, _ kind: RequestKind) {
        work[slot].units += units
        work[slot].seats[kind] += 1
        work[slot].today += 1
        work[slot].week += 1
        refresh(slot)
    }

    mutating func release(_ slot: Int, units: Int, _ kind: RequestKind) {
        let held = work[slot].units
        precondition(held >= units, "slot \(slot) holds \(held), less than \(units)")
        work[slot].units -= units
        work[slot].seats[kind] -= 1
        refresh(slot)
    }

    mutating func beginDay(isNewWeek: Bool) {
        for slot in work.indices {
            work[slot].today = 0
            if isNewWeek { work[slot].week = 0 }
            refresh(slot)
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
    func utilisation(of slot: Int) -> Int {
        Swift.min(work[slot].units * 10_000 / Swift.max(capacity[slot].units, 1), 10_000)
    }

    /// Seats given today, in thousandths of the capacity; from twenty times the capacity on all are alike.
    func todayShare(of slot: Int) -> Int {
        Swift.min(work[slot].today * 1_000 / Swift.max(capacity[slot].units, 1), Self.todayMost)
    }

    /// Whoever declined comes after everybody else, however much others did today.
    private static let todayMost = 20_000

    /// Units that could be taken now, one at a time.
    func free(_ slot: Int) -> Int {
        room.contains(slot) ? capacity[slot].units - work[slot].units : 0
    }

    private mutating func refresh(_ slot: Int) {
        let (now, limit) = (work[slot], capacity[slot])
        let isOpen =
            now.units < limit.units && now.today < limit.dailyAssignments ?? .max
            && now.week < limit.weeklyAssignments ?? .max
        room.set(slot, to: isOpen)
        bases[slot] = UInt16(utilisation(of: slot) + todayShare(of: slot))
    }
}
