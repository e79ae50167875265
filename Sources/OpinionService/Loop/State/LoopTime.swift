internal import OpinionMatching

/// The time that the loop goes by.
struct LoopTime {
    /// How often the ends of the inputs are asked for and timers looked at, in seconds.
    static let lookSeconds = 0.5
    /// Between two warnings of an event from the future, in seconds.
    private static let futureSeconds = 60.0

    private(set) var now = Moment.distantPast
    var watch = ClockWatch()
    /// Uptime at the beginning of this turn.
    private(set) var turnBegan = 0.0
    private var lookedAt = -Double.infinity
    /// When an event from the future was last warned of.
    private var futureToldAt = -Double.infinity

    /// Looks at the clock once more.
    mutating func look(_ clock: any Clock) { now = watch.now(clock) }

    mutating func beginTurn(_ clock: any Clock) {
        look(clock)
        turnBegan = clock.uptime
    }

    /// Whether it is time to ask for ends and look at timers; true at most twice a second.
    mutating func isTimeToLook(_ uptime: Double) -> Bool {
        guard uptime - lookedAt >= Self.lookSeconds else { return false }
        lookedAt = uptime
        return true
    }

    /// Whether to warn of an event from the future now.
    mutating func isTimeToWarnOfFuture(_ uptime: Double) -> Bool {
        guard uptime - futureToldAt >= Self.futureSeconds else { return false }
        futureToldAt = uptime
        return true
    }
}
