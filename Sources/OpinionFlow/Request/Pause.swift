package import OpinionMatching

/// Somebody who declined a seat for their workload is given no other one of the network from `since` on, for as
/// long as the policy in force says: see ``Policy/workloadPause``.
package struct Pause: Hashable, Sendable {
    package let specialist: Specialist.ID
    package var since: Moment
    package init(specialist: Specialist.ID, since: Moment) {
        self.specialist = specialist
        self.since = since
    }
}

extension Request {
    /// Who declined it for their workload, each once, also where the policy gives no pause: the network's pauses are
    /// derived from these.
    package var pauses: [Pause] {
        get { phase.pauses }
        set {
            switch phase {
            case .open: withOpen { $0.pauses = newValue }
            case .closed(var closure):
                closure.pauses = newValue
                phase = .closed(closure)
            }
        }
    }
}

extension Request.Phase {
    var pauses: [Pause] {
        switch self {
        case .open(let open): open.pauses
        case .closed(let closure): closure.pauses
        }
    }
}

extension [Pause] {
    /// Of two pauses of one specialist the later holds.
    mutating func add(_ pause: Pause) {
        guard let known = firstIndex(where: { $0.specialist == pause.specialist }) else {
            return append(pause)
        }
        self[known].since = Swift.max(self[known].since, pause.since)
    }

    /// When the last of them began; nil: there are none.
    var latest: Moment? { map(\.since).max() }
}
