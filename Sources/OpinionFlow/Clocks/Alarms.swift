internal import OpinionMatching

/// The limits of one running clock that are still to come.
struct Alarms {
    var remind = Moment.distantFuture
    var reassign = Moment.distantFuture
    var escalate = Moment.distantFuture

    init(_ limits: ClockLimits, _ priority: Priority, since: Moment, told: ClockMarks) {
        func limit(_ list: [Int64]) -> Moment {
            let time = list[priority.rawValue]
            return time == 0 ? .distantFuture : since.advanced(by: time)
        }
        reassign = limit(limits.reassign)
        if !told.contains(.escalated) { escalate = limit(limits.escalate) }
        // What was escalated needs no reminder.
        if told.isEmpty { remind = limit(limits.remind) }
    }

    var next: Moment { min(remind, reassign, escalate) }

    /// What is to be announced by then, the graver of two; nil: nothing.
    func mark(by now: Moment) -> ClockMarks? {
        if escalate <= now { return .escalated }
        return remind <= now ? .reminded : nil
    }
}
