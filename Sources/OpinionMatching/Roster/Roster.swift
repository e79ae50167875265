/// The specialists of one network, with what the hard rules ask kept as bitsets.
///
/// Each specialist has a slot: a bit in every set. Slots are given in order of arrival and used
/// again; no decision depends on them, since every comparison ends in an ID.
///
/// *Invariant:* the units held are told to the roster by whoever holds the open seats; the roster
/// never guesses them, so a specialist who leaves and comes back cannot come back with a wrong load.
package struct Roster: Sendable {
    private(set) var specialists: [Specialist] = []
    private var slots = HandleTable()
    private var vacant: [Int] = []
    private(set) var tieHashes: [UInt64] = []
    private var families: [FamilySet] = []

    /// The sets that the others write and a decision walks over.
    var matrix = BitMatrix()
    var traits = TraitIndex()
    var licences = LicenceIndex()
    var ages = AgeIndex()
    var calendar = AbsenceCalendar()
    var load = Load()
    var scarcity = Scarcity()
    var eligibility = EligibilityFilter()
    var ranking = Ranking()
    /// The languages that the need names for which somebody is sought.
    var asked: [LanguageIndex.Asked] = []
    /// Who is of the sex that the need wishes.
    var fitting = BitMatrix.nobody
    /// Whom the last decision chose.
    var chosen: Int?

    package init() {}

    // MARK: Who is in it

    package subscript(id: Specialist.ID) -> Specialist? {
        slot(of: id).map { specialists[$0] }
    }

    package var count: Int { slots.count }
    /// Those who may be given seats.
    package private(set) var activeCount = 0
    /// Units of those who are active.
    package var capacityUnits: Int {
        var units = 0
        let all = specialists.span
        matrix.forEach(in: BitMatrix.active) { units += all[$0].capacity.units }
        return units
    }
    /// Units held by everybody on it, for a recount.
    package var unitsHeld: Int { load.work.reduce(0) { $0 + $1.units } }

    /// - Complexity: O(1) without a hash for whoever was chosen last, of whom much is asked.
    @inline(__always)
    func slot(of id: Specialist.ID) -> Int? {
        if let chosen, specialists.span[chosen].id == id { return chosen }
        return Self.slot(of: id, in: slots, specialists)
    }

    private static func slot(
        of id: Specialist.ID,
        in slots: HandleTable,
        _ specialists: [Specialist]
    ) -> Int? {
        slots.first(NameHash.of(id.text)) { specialists.span[Int($0)].id == id }.map { Int($0) }
    }

    /// Whether a specialist is in it and may be given seats.
    package func isActive(_ id: Specialist.ID) -> Bool {
        slot(of: id).map(isActive) ?? false
    }

    @inline(__always)
    func isActive(_ slot: Int) -> Bool { matrix.contains(slot, in: BitMatrix.active) }

    /// The families that a specialist treats; nil when not in it.
    package func families(of id: Specialist.ID) -> FamilySet? {
        slot(of: id).map { families[$0] }
    }

    /// In which capacity a specialist would take a seat; nil when not in the roster.
    package func terms(of id: Specialist.ID, for need: Need) -> Terms? {
        guard let slot = slot(of: id) else { return nil }
        let (mine, spoken) = (specialists.span[slot].disciplines, specialists.span[slot].languages)
        return Terms(
            discipline: need.disciplines.first { mine.contains($0) } ?? mine.first ?? "",
            language: need.languages.firstIndex { spoken.contains($0) },
            held: load.work[slot].units,
            capacity: specialists.span[slot].capacity.units
        )
    }

    /// How a specialist and a seat fit each other.
    package struct Terms: Sendable {
        /// The first of the disciplines asked for that the specialist has, else the specialist's first.
        package let discipline: String
        /// Which of the languages asked for is the first that the specialist speaks.
        package let language: Int?
        /// Units held before the seat is taken, and the most there may be.
        package let held: Int
        package let capacity: Int
    }

    // MARK: Changes

    /// Takes a profile in, new or changed.
    ///
    /// - Parameters:
    ///   - specialist: The profile.
    ///   - work: What this specialist has been given.
    /// - Complexity: O(traits of the profile); caches of licences and ages start anew.
    package mutating func profile(_ specialist: Specialist, _ work: Caseload = Caseload()) {
        retire(specialist.id)
        let slot = vacant.popLast() ?? specialists.count
        if slot == specialists.count {
            specialists.append(.vacant)
            tieHashes.append(0)
            families.append(FamilySet())
            matrix.widen(to: slot + 1)
        }
        specialists[slot] = specialist
        families[slot] = FamilySet(specialist.expertise.map(\.family))
        tieHashes[slot] = StableHash.of(specialist.id.text)
        slots.insert(Int32(slot), for: NameHash.of(specialist.id.text))
        matrix.set(slot, in: BitMatrix.active, to: specialist.isActive)
        if specialist.isActive { activeCount += 1 }
        index(specialist, at: slot)
        load.open(slot, specialist.capacity, work, &matrix)
        noteFree(slot)
    }

    /// Forgets a specialist.
    ///
    /// Whoever knows of open seats rescinds them.
    package mutating func retire(_ id: Specialist.ID) {
        guard let slot = slot(of: id) else { return }
        slots.remove(Int32(slot), for: NameHash.of(id.text))
        let specialist = specialists[slot]
        traits.remove(specialist, at: slot, &matrix)
        licences.remove(specialist, at: slot, &matrix)
        if isActive(slot) { activeCount -= 1 }
        matrix.remove(slot, from: BitMatrix.active)
        load.close(slot, &matrix)
        scarcity.close(slot)
        specialists[slot] = .vacant
        vacant.append(slot)
        chosen = nil
        ages.reset(&matrix)
        calendar.close(slot)
    }

    private mutating func index(_ specialist: Specialist, at slot: Int) {
        let languages = traits.insert(specialist, at: slot, &matrix)
        scarcity.open(slot, specialist, speaking: languages)
        licences.insert(specialist, at: slot, &matrix)
        ages.reset(&matrix)
        calendar.reset()
    }

    @inline(__always)
    func slots(of ids: [Specialist.ID]) -> [Int] { ids.compactMap { slot(of: $0) } }

    // MARK: Load

    /// Whether a specialist could take one more unit.
    package func hasRoom(_ id: Specialist.ID) -> Bool {
        slot(of: id).map { matrix.contains($0, in: BitMatrix.room) } ?? false
    }

    /// Notes that a specialist took a seat.
    ///
    /// One who isn't in the roster has no load to note.
    package mutating func take(
        _ id: Specialist.ID,
        units: Int,
        of kind: RequestKind = .single
    ) {
        guard let slot = slot(of: id) else { return }
        load.take(slot, units: units, kind, &matrix)
        noteFree(slot)
    }

    /// Notes that a seat was given up or delivered.
    package mutating func release(
        _ id: Specialist.ID,
        units: Int,
        of kind: RequestKind = .single
    ) {
        guard let slot = slot(of: id) else { return }
        load.release(slot, units: units, kind, &matrix)
        noteFree(slot)
    }

    /// Begins a new UTC day: nobody has been given anything yet, in a new week not in the week either.
    package mutating func beginDay(isNewWeek: Bool) {
        load.beginDay(isNewWeek: isNewWeek, &matrix)
        for slot in specialists.indices { noteFree(slot) }
    }

    private mutating func noteFree(_ slot: Int) {
        scarcity.setFree(slot, isActive(slot) ? load.free(slot, matrix) : 0)
    }

    // MARK: Demand

    /// A request is remembered from now on that asks for this; see ``Demand``.
    package mutating func want(_ demand: Demand) {
        scarcity.want(demand, language: number(of: demand))
    }

    /// A request that asked for this is no longer remembered, or asks for something else.
    package mutating func wantNoMore(_ demand: Demand) {
        scarcity.wantNoMore(demand, language: number(of: demand))
    }

    /// Of the language that the demand names; nil when nobody speaks it, 0 when any will do.
    private func number(of demand: Demand) -> Int? {
        guard let name = demand.language else { return 0 }
        let number = traits.languages.number(of: name)
        return number == 0 ? nil : number
    }

    /// Whether anybody limits how many seats in a day or a week.
    package var hasCountLimits: Bool { load.hasCountLimits }

    // MARK: Pauses

    /// Gives a specialist no seat before `end`: one more absence, until the next profile.
    ///
    /// Whoever knows of the pause says it again after a profile. One who isn't in the roster has none to note.
    package mutating func pause(_ id: Specialist.ID, until end: Moment) {
        guard let slot = slot(of: id) else { return }
        calendar.pause(slot, until: end, &matrix)
    }

    /// Forgets the pauses that were over by then; see ``nextAbsenceEdge(after:)``.
    package mutating func endPauses(by moment: Moment) { calendar.endPauses(by: moment) }

    /// Forgets all pauses.
    package mutating func forgetPauses() { calendar.forgetPauses() }

    /// Does something as if somebody didn't pause.
    mutating func withoutPause<Result>(
        of id: Specialist.ID,
        _ body: (inout Roster) -> Result
    ) -> Result {
        guard let slot = slot(of: id), let end = calendar.endPause(slot) else { return body(&self) }
        defer { calendar.pause(slot, until: end, &matrix) }
        return body(&self)
    }

    /// When somebody last went away or came back, or a pause was over.
    package mutating func latestAbsenceEdge(by now: Moment) -> Moment {
        calendar.latestEdge(by: now, among: specialists, &matrix)
    }

    /// The next time after `now` at which somebody goes away or comes back, or a pause is over.
    package func nextAbsenceEdge(after now: Moment) -> Moment? {
        let edge = specialists.lazy.flatMap(\.absences).flatMap { [$0.begin, $0.end] }
            .filter { now < $0 }.min()
        guard let end = calendar.nextPauseEnd(after: now) else { return edge }
        return min(edge ?? end, end)
    }
}
