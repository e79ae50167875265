/// The work that a specialist has, as far as the capacity rule looks at it.
package struct Caseload: Hashable, Sendable {
    /// Units of the open seats.
    package var units: Int
    /// Open seats by the kind of their request.
    package var seats: KindCounts
    /// Seats given on the UTC day of the last decision.
    package var today: Int
    /// Seats given in the ISO 8601 week of the last decision.
    package var week: Int

    package init(units: Int = 0, seats: KindCounts = KindCounts(), today: Int = 0, week: Int = 0) {
        self.units = units
        self.seats = seats
        self.today = today
        self.week = week
    }
}

extension Specialist.Capacity {
    /// Whether a seat fits into the capacity on top of the work.
    func fits(_ units: Int, _ kind: RequestKind, onTopOf work: Caseload) -> Bool {
        work.units + units <= self.units
            && work.today < dailyAssignments ?? .max
            && work.week < weeklyAssignments ?? .max
            && fitsKind(kind, onTopOf: work)
    }

    /// Whether the limit for a kind of request allows one more seat of that kind.
    func fitsKind(_ kind: RequestKind, onTopOf work: Caseload) -> Bool {
        guard let perKind else { return true }
        return work.seats[kind] < perKind[kind]
    }
}
