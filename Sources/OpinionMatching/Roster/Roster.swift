/// The specialists of one network, with the sets that the hard rules ask for.
///
/// Each specialist has a slot, the index of their bit in every set; see ``Members``.
///
/// *Invariant:* the roster is told the work of each specialist by the owner of the open seats and never infers it. A
/// specialist who leaves and comes back can't come back with a wrong load.
package struct Roster: Sendable {
    private(set) var members = Members()

    /// All sets, written by the indexes below and read by decisions.
    var matrix = BitMatrix()
    var traits = TraitIndex()
    var licences = LicenceIndex()
    var ages = AgeIndex()
    var calendar = AbsenceCalendar()
    var load = Load()
    var scarcity = Scarcity()

    // Buffers of one decision, kept for the next.

    /// Those who passed the rules asked last.
    var eligibility = EligibilityFilter()
    var ranking = Ranking()
    var asked = AskedSets()
    /// The slot that the last decision chose, tried first by look-ups, of which several follow a decision.
    var chosen: Int?

    package init() {}

    // MARK: Members

    package subscript(id: Specialist.ID) -> Specialist? {
        slot(of: id).map { members.specialists[$0] }
    }

    package var count: Int { members.count }
    /// How many specialists may be given seats.
    package var activeCount: Int { members.activeCount }
    /// Units of all active specialists.
    package var capacityUnits: Int {
        var units = 0
        let all = members.specialists.span
        matrix.forEach(in: BitMatrix.active) { units += all[$0].capacity.units }
        return units
    }
    /// Units held by all specialists, for a recount.
    package var unitsHeld: Int { load.work.reduce(0) { $0 + $1.units } }

    /// - Complexity: O(1); no hash for the specialist chosen last.
    @inline(__always)
    func slot(of id: Specialist.ID) -> Int? {
        if let chosen, members.specialists.span[chosen].id == id { return chosen }
        return members.slot(of: id)
    }

    @inline(__always)
    func slots(of ids: [Specialist.ID]) -> [Int] { ids.compactMap { slot(of: $0) } }

    /// Whether a specialist is in the roster and may be given seats.
    package func isActive(_ id: Specialist.ID) -> Bool {
        slot(of: id).map(isActive) ?? false
    }

    @inline(__always)
    func isActive(_ slot: Int) -> Bool { matrix.contains(slot, in: BitMatrix.active) }

    /// The families that a specialist treats; nil when they are not in the roster.
    package func families(of id: Specialist.ID) -> FamilySet? {
        slot(of: id).map { members.families[$0] }
    }

    // MARK: Profiles

    /// Adds a specialist, or replaces their profile.
    ///
    /// - Parameters:
    ///   - specialist: The profile.
    ///   - work: The work that they have.
    /// - Complexity: O(traits of the profile); the caches of licences and ages are emptied.
    package mutating func profile(_ specialist: Specialist, _ work: Caseload = Caseload()) {
        retire(specialist.id)
        let slot = members.insert(specialist)
        matrix.widen(to: members.slotCount)
        matrix.set(slot, in: BitMatrix.active, to: specialist.isActive)
        index(specialist, at: slot)
        load.insert(slot, specialist.capacity, work, &matrix)
        updateFree(slot)
    }

    private mutating func index(_ specialist: Specialist, at slot: Int) {
        let languages = traits.insert(specialist, at: slot, &matrix)
        scarcity.insert(slot, specialist, speaking: languages)
        licences.insert(specialist, at: slot, &matrix)
        ages.reset(&matrix)
        calendar.reset()
    }

    /// Removes a specialist.
    ///
    /// The caller rescinds the seats that they hold.
    package mutating func retire(_ id: Specialist.ID) {
        guard let slot = slot(of: id) else { return }
        let specialist = members.remove(at: slot)
        traits.remove(specialist, at: slot, &matrix)
        licences.remove(specialist, at: slot, &matrix)
        matrix.remove(slot, from: BitMatrix.active)
        load.remove(slot, &matrix)
        scarcity.remove(slot)
        chosen = nil
        ages.reset(&matrix)
        calendar.remove(slot)
    }

    /// Tells ``scarcity`` how many units of a slot are free.
    mutating func updateFree(_ slot: Int) {
        scarcity.setFree(slot, isActive(slot) ? load.free(slot, matrix) : 0)
    }
}
