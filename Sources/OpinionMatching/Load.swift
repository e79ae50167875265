/// The units that each slot holds, and who has room for one more.
struct Load: Sendable {
    private(set) var held: [Int] = []
    private var today: [Int] = []
    private var capacity: [Specialist.Capacity] = []
    /// Share of the capacity in use, in parts of ten thousand.
    private(set) var utilisation: [Int] = []
    /// Seats given today, in thousandths of the capacity.
    private(set) var todayShare: [Int] = []
    /// Who can take a seat that costs one unit.
    private(set) var room = Bitset()

    var hasDailyLimits: Bool { capacity.contains { $0.dailyAssignments != nil } }

    mutating func open(_ slot: Int, _ capacity: Specialist.Capacity, held: Int, today: Int) {
        while self.held.count <= slot {
            self.held.append(0)
            self.today.append(0)
            utilisation.append(0)
            todayShare.append(0)
            self.capacity.append(Specialist.Capacity(units: 0))
        }
        self.held[slot] = held
        self.today[slot] = today
        self.capacity[slot] = capacity
        refresh(slot)
    }

    mutating func close(_ slot: Int) {
        open(slot, Specialist.Capacity(units: 0), held: 0, today: 0)
    }

    mutating func take(_ slot: Int, units: Int) {
        held[slot] += units
        today[slot] += 1
        refresh(slot)
    }

    mutating func release(_ slot: Int, units: Int) {
        precondition(held[slot] >= units, "slot \(slot) holds \(held[slot]), less than \(units)")
        held[slot] -= units
        refresh(slot)
    }

    mutating func beginDay() {
        for slot in today.indices {
            today[slot] = 0
            refresh(slot)
        }
    }

    func hasRoom(_ slot: Int, for units: Int) -> Bool {
        held[slot] + units <= capacity[slot].units
            && today[slot] < capacity[slot].dailyAssignments ?? .max
    }

    /// The terms of a slot's score that depend on the load alone.
    @inline(__always)
    func score(_ slot: Int) -> Int { utilisation[slot] + todayShare[slot] }

    /// Units that could be taken now, one at a time.
    func free(_ slot: Int) -> Int {
        room.contains(slot) ? capacity[slot].units - held[slot] : 0
    }

    private mutating func refresh(_ slot: Int) {
        room.set(slot, to: hasRoom(slot, for: 1))
        let units = Swift.max(capacity[slot].units, 1)
        utilisation[slot] = held[slot] * 10_000 / units
        todayShare[slot] = today[slot] * 1_000 / units
    }
}
