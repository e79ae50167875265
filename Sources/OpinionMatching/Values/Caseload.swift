/// What kind of opinion is asked for.
package enum RequestKind: String, CaseIterable, Hashable, Sendable {
    case single, panel
    case pathologyReview = "pathology-review"
    case imagingReview = "imaging-review"

    /// Its place among all, from 0.
    var number: Int {
        switch self {
        case .single: 0
        case .panel: 1
        case .pathologyReview: 2
        case .imagingReview: 3
        }
    }
}

/// A small whole number for each kind of request.
package struct KindCounts: Hashable, Sendable {
    private var counts: SIMD4<Int32>

    package init(_ all: Int = 0) { counts = SIMD4(repeating: Int32(clamping: all)) }

    package subscript(kind: RequestKind) -> Int {
        get { Int(counts[kind.number]) }
        set { counts[kind.number] = Int32(clamping: newValue) }
    }
}

/// What a specialist has been given, as far as the capacity rule looks at it.
package struct Caseload: Hashable, Sendable {
    /// Units of the open seats.
    package var units: Int
    /// Open seats by the kind of their request.
    package var seats: KindCounts
    /// Seats given on the UTC day of the last decision, and in its ISO 8601 week.
    package var today: Int
    package var week: Int

    package init(units: Int = 0, seats: KindCounts = KindCounts(), today: Int = 0, week: Int = 0) {
        self.units = units
        self.seats = seats
        self.today = today
        self.week = week
    }
}

extension Specialist.Capacity {
    /// Whether a seat fits beside that much work.
    func takes(_ units: Int, _ kind: RequestKind, beside work: Caseload) -> Bool {
        work.units + units <= self.units
            && work.today < dailyAssignments ?? .max
            && work.week < weeklyAssignments ?? .max
            && hasPlace(for: kind, beside: work)
    }

    /// Whether the limit for a kind of request allows one more of them.
    func hasPlace(for kind: RequestKind, beside work: Caseload) -> Bool {
        guard let perKind else { return true }
        return work.seats[kind] < perKind[kind]
    }
}
