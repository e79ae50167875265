package import OpinionMatching

/// Somebody who declined a seat for their workload is given no other one of the network before `until`.
package struct Pause: Hashable, Sendable {
    package let specialist: Specialist.ID
    package var until: Moment
    package init(specialist: Specialist.ID, until: Moment) {
        self.specialist = specialist
        self.until = until
    }
}

extension Request {
    /// The pauses given because of it, one for each who declined: the network's are derived from these.
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
    /// Of two pauses of one specialist the longer holds.
    mutating func add(_ pause: Pause) {
        guard let known = firstIndex(where: { $0.specialist == pause.specialist }) else {
            return append(pause)
        }
        self[known].until = Swift.max(self[known].until, pause.until)
    }

    /// When the last of them is over; nil: there are none.
    var end: Moment? { map(\.until).max() }
}
