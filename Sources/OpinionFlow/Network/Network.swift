internal import OpinionMatching

/// One network at work: its roster, its queue, and which seats each specialist holds.
///
/// Load is derived from ``seats`` and from the assignments counted by day and week.
struct Network: Sendable {
    /// A held seat, as the network counts it.
    struct Place: Hashable, Comparable, Sendable {
        let request: Int32
        private let packedSeat: Int32
        private let packedCost: Int32
        let kind: RequestKind

        init(request: Int32, seat: Seat.ID, cost: Int, kind: RequestKind) {
            self.request = request
            packedSeat = Int32(clamping: seat)
            packedCost = Int32(clamping: cost)
            self.kind = kind
        }

        var seat: Seat.ID { Int(packedSeat) }
        var cost: Int { Int(packedCost) }

        static func < (left: Place, right: Place) -> Bool {
            (left.request, left.seat) < (right.request, right.seat)
        }
    }

    var roster = Roster()
    var queue = WaitingQueue()
    private(set) var seats: [Specialist.ID: [Place]] = [:]
    /// Assignments of each specialist on the day of the last decision, and in its week.
    private var assigned: [Specialist.ID: (today: Int, week: Int)] = [:]
    /// Until when specialists pause who declined for workload, in the roster or not.
    private var pauses: [Specialist.ID: Moment] = [:]
    /// Specialists whom no waiting seat can ever use, each with the queue's arrivals when that was found.
    ///
    /// Derived; saves asking the same queue the same question for each freed unit.
    private var unwanted: [Specialist.ID: UInt64] = [:]

    /// Up to when absences and counts have been looked at.
    var knownAt: Moment

    var departures = DepartureTracker()
    /// Remembered requests of this network; a network with neither requests nor specialists is forgotten.
    var requestCount = 0

    init(at now: Moment) { knownAt = now }

    /// Counts a seat for the specialist whom a decision chose.
    mutating func occupy(_ place: Place, by decision: Decision) {
        guard let id = decision.chosen else { return }
        seats[id, default: []].append(place)
        count(1, for: id, isToday: true)
        roster.take(decision, units: place.cost, of: place.kind)
    }

    /// Uncounts a seat.
    ///
    /// - Precondition: the specialist holds it.
    mutating func release(_ place: Place, by id: Specialist.ID) {
        guard let held = seats.index(forKey: id),
            let index = seats.values[held].firstIndex(of: place)
        else { preconditionFailure("seat \(place.seat) is released but not held") }
        seats.values[held].remove(at: index)
        if seats.values[held].isEmpty {
            seats.remove(at: held)
            departures.forgetSeats(of: id)
        }
        roster.release(id, units: place.cost, of: place.kind)
    }

    /// Restores a held seat; the count of the day comes from the request's day marks.
    mutating func restore(_ place: Place, by holding: Seat.Holding) {
        seats[holding.specialist, default: []].append(place)
        guard let since = holding.goneSince else { return }
        departures.restore(holding.specialist, since: since, isKept: holding.isKept)
    }

    /// Restores the count of assignments on a day of this week.
    mutating func restore(_ mark: Request.DayMark, isToday: Bool) {
        count(Int(mark.count), for: mark.specialist, isToday: isToday)
    }

    private mutating func count(_ seats: Int, for id: Specialist.ID, isToday: Bool) {
        assigned[id, default: (0, 0)].week += seats
        if isToday { assigned[id, default: (0, 0)].today += seats }
    }

    mutating func profile(_ specialist: Specialist) {
        unwanted[specialist.id] = nil
        departures.undo(specialist.id)
        roster.profile(specialist, work(of: specialist.id))
        if let end = pauses[specialist.id] { roster.pause(specialist.id, until: end) }
    }

    /// Removes a specialist from the roster; the seats stay.
    mutating func retire(_ id: Specialist.ID) {
        unwanted[id] = nil
        roster.retire(id)
    }

    private func work(of id: Specialist.ID) -> Caseload {
        let assigned = assigned[id] ?? (0, 0)
        var work = Caseload(today: assigned.today, week: assigned.week)
        for place in seats[id] ?? [] {
            work.units += place.cost
            work.seats[place.kind] += 1
        }
        return work
    }

    // MARK: What a freed unit can serve

    /// The families in which a waiting seat may want a specialist now; nil: in none.
    ///
    /// Mutating only so that nothing is copied.
    mutating func familiesOfferable(
        by id: Specialist.ID,
        _ awaited: WaitingQueue.Awaited
    ) -> FamilySet? {
        guard awaited == .roster || !queue.wantsNoUnit, roster.hasRoom(id),
            let families = roster.families(of: id),
            unwanted[id] != queue.arrivals(in: families)
        else { return nil }
        return families
    }

    mutating func markUnwanted(_ id: Specialist.ID, for families: FamilySet) {
        unwanted[id] = queue.arrivals(in: families)
    }

    /// Forgets what was found under another policy.
    mutating func forgetUnwanted() { unwanted.removeAll() }

    /// Whether a seat waits, and a specialist has come back or a new day has begun since this was last asked.
    mutating func passes(_ now: Moment) -> Bool {
        defer { knownAt = now }
        guard knownAt < now, !queue.isEmpty else { return false }
        let isNewDay = roster.hasCountLimits && knownAt.day < now.day
        return isNewDay || knownAt < roster.latestAbsenceEdge(by: now)
    }

    mutating func beginDay(isNewWeek: Bool) {
        if isNewWeek {
            assigned.removeAll(keepingCapacity: true)
        } else {
            assigned = assigned.mapValues { (0, $0.week) }
        }
        roster.beginDay(isNewWeek: isNewWeek)
    }
}

// Who pauses.
extension Network {
    /// Records a pause that a request tells of; of several the longest holds.
    mutating func pause(_ id: Specialist.ID, until end: Moment) {
        let end = max(pauses[id] ?? end, end)
        pauses[id] = end
        roster.pause(id, until: end)
    }

    /// Forgets all pauses, also those that are not over.
    mutating func forgetPauses() {
        pauses = [:]
        roster.forgetPauses()
    }

    /// Forgets the pauses that were over by then.
    mutating func endPauses(by moment: Moment) {
        pauses = pauses.filter { moment < $0.value }
        roster.endPauses(by: moment)
    }
}

// Whether the network's directory is to be believed.
extension Network {
    /// Whether so many specialists have left at once that the directory itself must be doubted.
    func isCollapsing(at now: Moment) -> Bool {
        departures.isCollapse(active: roster.activeCount, at: now)
    }

    /// Whether health reports it: most specialists have just left, or seats are kept for some who did.
    func isDoubted(at now: Moment) -> Bool { !departures.kept.isEmpty || isCollapsing(at: now) }

    /// Whether nothing would be lost if the network were forgotten.
    var isIdle: Bool { requestCount == 0 && roster.count == 0 }
}
