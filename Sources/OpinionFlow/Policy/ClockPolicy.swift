/// What a clock measures, from its beginning to the event that stops it.
package enum ClockKind: String, CaseIterable, Hashable, Sendable {
    /// A seat waits for a specialist who takes it, while it is offered or not.
    case assign
    /// A specialist to whom it is offered hasn't accepted.
    case accept
    /// The specialist who has it hasn't delivered.
    case deliver
    /// The records that the policy requires are not complete.
    case records
}

/// After how long a clock reminds, escalates, or passes the seat on to another specialist.
///
/// Milliseconds from the clock's beginning by ``Priority``; 0: never.
package struct ClockLimits: Hashable, Sendable {
    package var remind: [Int64]
    package var reassign: [Int64]
    package var escalate: [Int64]

    package init(
        remindHours: [Int] = [0, 0, 0, 0],
        reassignHours: [Int] = [0, 0, 0, 0],
        escalateHours: [Int] = [0, 0, 0, 0]
    ) {
        remind = remindHours.map { Int64($0) * 3_600_000 }
        reassign = reassignHours.map { Int64($0) * 3_600_000 }
        escalate = escalateHours.map { Int64($0) * 3_600_000 }
    }
}

/// The limits of each clock.
package struct ClockPolicy: Hashable, Sendable {
    private var limits: [ClockLimits] = ClockKind.allCases.map(Self.standard)

    package init() {}

    package subscript(clock: ClockKind) -> ClockLimits {
        get { limits[clock.index] }
        set { limits[clock.index] = newValue }
    }

    /// By default a specialist at work keeps the seat, and an offer ends.
    private static func standard(_ clock: ClockKind) -> ClockLimits {
        switch clock {
        case .assign: ClockLimits(escalateHours: [48, 24, 12, 4])
        case .accept: ClockLimits(remindHours: [12, 4, 2, 0], reassignHours: [24, 8, 4, 1])
        case .deliver:
            ClockLimits(remindHours: [96, 36, 24, 12], escalateHours: [144, 60, 36, 18])
        case .records: ClockLimits(remindHours: [24, 12, 6, 2], escalateHours: [72, 36, 18, 6])
        }
    }
}

extension ClockKind {
    fileprivate var index: Int {
        switch self {
        case .assign: 0
        case .accept: 1
        case .deliver: 2
        case .records: 3
        }
    }
}
