internal import OpinionMatching

/// What time will do to the requests of a shard, and up to when it has done it.
///
/// Derived from the requests and the policy; nothing of it is written.
struct Schedule: Sendable {
    /// All timers due by this moment have fired.
    ///
    /// Events may move ``Shard/decidedAt`` past a timer that is due; it stays due until the next
    /// ``Shard/tick(at:into:)``.
    var firedAt = Moment.distantPast
    /// The next moment at which time changes something about each request.
    var timers = TimerQueue()
    /// Closed requests, the first to be forgotten first.
    var retention = RetentionQueue()
    /// Requests whose timers are to be set when the step ends: a request changes several times in one step.
    var needTimer: [RequestHandle] = []
    /// Whether a step is being made, so that timers are set at its end.
    var defersTimers = false

    /// Moves the timer of a request; ``Moment/distantFuture`` stands for no timer.
    mutating func move(_ handle: RequestHandle, from before: Moment, to next: Moment) {
        if before != .distantFuture { timers.remove(handle, at: before) }
        if next != .distantFuture { timers.insert(handle, at: next) }
    }
}
