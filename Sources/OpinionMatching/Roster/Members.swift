/// Which specialist is in which slot.
///
/// Slots are given in order of arrival, and those of specialists who left are used again. No decision depends on the
/// numbers: every comparison ends with an ID.
struct Members: Sendable {
    /// By slot.
    private(set) var specialists: [Specialist] = []
    /// The families that each treats, by slot.
    private(set) var families: [FamilySet] = []
    /// A stable hash of each ID, by slot; sets the order among equals.
    private(set) var tieHashes: [UInt64] = []
    /// How many may be given seats.
    private(set) var activeCount = 0
    private var slots = HandleTable()
    private var vacant: [Int] = []

    /// How many specialists there are.
    var count: Int { slots.count }
    /// How many slots there are, vacant ones included.
    var slotCount: Int { specialists.count }

    /// - Complexity: one hash of the ID.
    func slot(of id: Specialist.ID) -> Int? { Self.slot(of: id, in: slots, specialists) }

    /// Whether an active specialist is in a slot.
    func isActive(_ id: Specialist.ID, at slot: Int) -> Bool {
        guard slot < specialists.count else { return false }
        // A vacant slot isn't active, whatever the ID.
        return specialists.span[slot].isActive && specialists.span[slot].id == id
    }

    /// Static, so that the closure captures one array instead of all properties.
    private static func slot(
        of id: Specialist.ID,
        in slots: HandleTable,
        _ specialists: [Specialist]
    ) -> Int? {
        slots.first(NameHash.of(id.text)) { specialists.span[Int($0)].id == id }.map { Int($0) }
    }

    /// Adds a specialist who is not in the roster yet.
    ///
    /// - Returns: Their slot.
    mutating func insert(_ specialist: Specialist) -> Int {
        let slot = vacant.popLast() ?? addSlot()
        specialists[slot] = specialist
        families[slot] = FamilySet(specialist.expertise.map(\.family))
        tieHashes[slot] = StableHash.of(specialist.id.text)
        slots.insert(Int32(slot), for: NameHash.of(specialist.id.text))
        if specialist.isActive { activeCount += 1 }
        return slot
    }

    private mutating func addSlot() -> Int {
        specialists.append(.vacant)
        families.append(FamilySet())
        tieHashes.append(0)
        return specialists.count - 1
    }

    /// Removes the specialist in a slot.
    ///
    /// - Returns: The specialist.
    mutating func remove(at slot: Int) -> Specialist {
        let specialist = specialists[slot]
        slots.remove(Int32(slot), for: NameHash.of(specialist.id.text))
        if specialist.isActive { activeCount -= 1 }
        specialists[slot] = .vacant
        vacant.append(slot)
        return specialist
    }
}
