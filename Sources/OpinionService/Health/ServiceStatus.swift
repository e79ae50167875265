internal import OpinionFlow
internal import OpinionMatching

/// How the service stands in one turn of its loop: what its health is judged by.
struct ServiceStatus {
    /// What the service is at, the most pressing first.
    enum Stage {
        /// It was asked to stop, and commits what is under way.
        case draining
        /// Shards are being taken over.
        case restoring(Wait)
        /// There is nothing to work on yet.
        case starting(Wait)
        case working
    }

    struct ShardCounts {
        var owned = 0
        /// Being read, or read and waiting for the roster.
        var restoring = 0
        /// Shards of others that are ready to be taken over.
        var standby = 0
    }

    let stage: Stage
    let shards: ShardCounts
    /// Records that lie unread in the inputs.
    let lag: Int64
    /// What is wrong with the clock; nil: nothing.
    let clockFault: String?
    /// Whether the settings last read by SIGHUP were wrong, so that the old ones are in force.
    let areSettingsRefused: Bool
    /// The time that the service goes by.
    let now: Moment
    /// Seconds that only grow.
    let uptime: Double
    /// Counts requests, seats and specialists, which costs something: asked for when it is told.
    let census: () -> Census
}

extension ServiceStatus.Stage {
    /// What is waited for; nil: nothing.
    var wait: Wait? {
        switch self {
        case .draining: .commits
        case .restoring(let wait), .starting(let wait): wait
        case .working: nil
        }
    }
}
