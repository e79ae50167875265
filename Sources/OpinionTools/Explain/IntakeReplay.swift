internal import OpinionFlow

/// Applies the intake's events of one request to the core again: its own rules say what became of them.
///
/// Those rules look at the request alone. Responses and directives can't be replayed: who had a seat then followed
/// from the roster, the other requests and the policies of that time, which the topics don't hold.
struct IntakeReplay {
    private var shard = Self.empty

    /// Nobody is on its roster, and it refuses nothing for its age: the gates of today are not asked.
    private static var empty: Shard {
        var policy = Policy(name: "", sha256: "")
        policy.refusesStale = false
        policy.gates.ages = .min ... .max
        return Shard(number: 0, policy: policy)
    }

    /// The request's status; nil: it is not known yet.
    var status: RequestStatus? { shard.snapshot.first?.status }

    /// What becomes of an event.
    mutating func step(_ event: Event) -> Outcome {
        var outbox = Outbox()
        return shard.step(event, at: event.time, into: &outbox)
    }

    /// Applies an event that an announcement names as its cause, so that it certainly was applied.
    ///
    /// If the events before it don't allow that, the request was forgotten in between: it begins again.
    mutating func apply(_ event: Event) {
        if case .applied = step(event) { return }
        shard = Self.empty
        _ = step(event)
    }
}
