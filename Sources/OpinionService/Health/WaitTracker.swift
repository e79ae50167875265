/// What the service waits for where nothing has failed, as `reasons` of the health line names it.
package enum Wait: String, Hashable, Sendable, CaseIterable {
    /// The topics, their settings and the state's last records are being looked at.
    case topics = "reading-topics"
    case roster = "reading-roster"
    /// The group has not shared the shards out yet.
    case group = "waiting-for-group"
    case state = "reading-state"
    /// The roster's topic has not been read as far as the state has seen it.
    case rosterBehind = "roster-behind"
    /// What is under way is being committed.
    case commits = "waiting-for-commits"
}

/// Since when the service has waited for the same thing.
///
/// Every wait has a reason in the health line once it is long, also where every call is only slow.
package struct WaitTracker {
    /// A wait without a word, in seconds.
    package static let seconds = 15.0

    package init() {}

    private var since: (wait: Wait, began: Double)?

    /// Notes what is waited for.
    ///
    /// - Returns: Whether that has been so for long.
    package mutating func isLong(_ wait: Wait, at uptime: Double) -> Bool {
        if since?.wait != wait { since = (wait, uptime) }
        return since.map { uptime - $0.began > Self.seconds } ?? false
    }

    package mutating func end() { since = nil }
}
