internal import OpinionMatching

// Limits of the policy that a request passes.
extension Shard {
    /// Sets the timer of a request to when time will next change something about it.
    ///
    /// - Complexity: O(seats), and O(log requests) when the moment has changed.
    mutating func setTimer(_ handle: Int32) {
        let at = nextLimit(of: handle)
        let before = requests[Int(handle)].timerAt
        guard at != before else { return }
        if before != .distantFuture { timers.remove(handle, at: before) }
        if at != .distantFuture { timers.insert(handle, at: at) }
        requests[Int(handle)].timerAt = at
    }

    private func nextLimit(of handle: Int32) -> Moment {
        guard let open = openRequest(handle) else { return .distantFuture }
        let due = open.escalated.contains(.overdue) ? .distantFuture : open.submission.due
        let limits = [waitingLimit(of: open), open.acceptBy].compactMap(\.self)
        return limits.reduce(due) { min($0, $1) }
    }

    /// When it will have waited too long; nil: it doesn't wait, or that has been told.
    private func waitingLimit(of open: OpenRequest) -> Moment? {
        let most = policy.waitingMax[open.submission.priority.rawValue]
        guard most > 0, !open.escalated.contains(.waiting), let since = open.waitingSince else {
            return nil
        }
        return since.advanced(by: most)
    }

    /// Does what is due, in an order that is the same after a restart.
    mutating func goOff(into outbox: inout Outbox) {
        guard let first = timers.first, first <= decidedAt else { return }
        let due = timers.due(by: decidedAt).sorted { left, right in
            let (first, second) = (requests[Int(left.number)].key, requests[Int(right.number)].key)
            return left.at != right.at ? left.at < right.at : first < second
        }
        for (handle, _) in due {
            guard !outbox.isFull else { return }
            passLimits(handle, into: &outbox)
        }
    }

    private mutating func passLimits(_ handle: Int32, into outbox: inout Outbox) {
        endOffers(of: handle, into: &outbox)
        guard let open = openRequest(handle) else { return }
        if let limit = waitingLimit(of: open), limit <= decidedAt {
            escalate(handle, .waiting, .waiting, into: &outbox)
        }
        guard !open.escalated.contains(.overdue), open.submission.due <= decidedAt else { return }
        escalate(handle, .overdue, .overdue, into: &outbox)
        if open.submission.kind == .panel { comeDue(panel: handle, into: &outbox) }
    }

    /// Offers that were not accepted in time go to somebody else.
    private mutating func endOffers(of handle: Int32, into outbox: inout Outbox) {
        let now = decidedAt
        let late = openRequest(handle)?.seats.enumerated().filter { _, seat in
            seat.holding?.acceptBy.map { $0 <= now } ?? false
        }
        for (index, _) in late ?? [] {
            vacate(handle, index, .timedOut, false, because: nil, into: &outbox)
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

extension OpenRequest {
    /// When the first of its offers ends; nil: none is open.
    fileprivate var acceptBy: Moment? {
        var first: Moment?
        forEachSeat { seat in
            guard let limit = seat.holding?.acceptBy else { return }
            first = min(first ?? limit, limit)
        }
        return first
    }
}
