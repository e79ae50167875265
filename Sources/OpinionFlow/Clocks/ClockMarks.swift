package import OpinionMatching

/// What was announced of a running clock.
package struct ClockMarks: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let reminded = ClockMarks(rawValue: 1)
    package static let escalated = ClockMarks(rawValue: 2)
}

/// What was announced of a request's wait; the marks count for the wait that began at ``since``.
package struct WaitMarks: Hashable, Sendable {
    package var told: ClockMarks
    package var since: Moment

    package init(_ told: ClockMarks = [], since: Moment = .distantPast) {
        self.told = told
        self.since = since
    }

    /// What was announced of a wait; nothing, when the marks are another wait's.
    func of(_ wait: Moment) -> ClockMarks { since == wait ? told : [] }

    mutating func insert(_ mark: ClockMarks, of wait: Moment) {
        self = WaitMarks(of(wait).union(mark), since: wait)
    }
}
