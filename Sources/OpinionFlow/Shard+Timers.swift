internal import OpinionMatching

/// A request for which time will do something, in the order of the moments.
struct Timer: Comparable, Sendable {
    let at: Moment
    /// Breaks ties in an order that is the same after a restart.
    let tie: UInt64
    let request: Int32

    static func < (left: Timer, right: Timer) -> Bool {
        if left.at != right.at { return left.at < right.at }
        return (left.tie, left.request) < (right.tie, right.request)
    }
}

// Limits of the policy that a request passes.
extension Shard {
    /// Sets the timer of a request to when time will next change something about it.
    ///
    /// - Complexity: O(seats), and O(log requests) when the moment has changed.
    mutating func setTimer(_ handle: Int32) {
        let at = nextLimit(of: requests[Int(handle)])
        let before = requests[Int(handle)].timerAt
        guard at != before else { return }
        let tie = requests[Int(handle)].key.tie
        if before != .distantFuture {
            timers.remove(Timer(at: before, tie: tie, request: handle))
        }
        if at != .distantFuture { timers.insert(Timer(at: at, tie: tie, request: handle)) }
        requests[Int(handle)].timerAt = at
    }

    private func nextLimit(of request: Request) -> Moment {
        guard case .open(let open) = request.phase else { return .distantFuture }
        var next = open.escalated.contains(.overdue) ? .distantFuture : open.submission.due
        if let limit = waitingLimit(of: open) { next = min(next, limit) }
        return next
    }

    /// When it will have waited too long; nil: it doesn't wait, or that has been told.
    private func waitingLimit(of open: OpenRequest) -> Moment? {
        let most = policy.waitingMax[open.submission.priority.rawValue]
        guard most > 0, !open.escalated.contains(.waiting), let since = open.waitingSince else {
            return nil
        }
        return since.advanced(by: most)
    }

    /// Does what is due.
    mutating func goOff(into outbox: inout Outbox) {
        while let first = timers.first, first.at <= decidedAt, !outbox.isFull {
            passLimits(first.request, into: &outbox)
        }
    }

    private mutating func passLimits(_ handle: Int32, into outbox: inout Outbox) {
        guard let open = openRequest(handle) else { return }
        if let limit = waitingLimit(of: open), limit <= decidedAt {
            escalate(handle, .waiting, .waiting, into: &outbox)
        }
        guard !open.escalated.contains(.overdue), open.submission.due <= decidedAt else { return }
        escalate(handle, .overdue, .overdue, into: &outbox)
        if open.submission.kind == .panel, open.hasAdvice {
            reportIfQuorate(handle, because: nil, into: &outbox)
        }
    }

    private mutating func escalate(
        _ handle: Int32,
        _ mark: Escalations,
        _ reason: Escalation.Reason,
        into outbox: inout Outbox
    ) {
        guard let submission = openRequest(handle)?.submission else { return }
        change(handle) { request in request.withOpen { $0.escalated.insert(mark) } }
        let news = Escalation(
            reason: reason,
            priority: submission.priority,
            due: submission.due
        )
        announce(.escalated(news), of: handle, because: nil, into: &outbox)
    }
}
