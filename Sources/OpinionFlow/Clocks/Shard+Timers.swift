internal import OpinionMatching

// The timers of requests: one for each, at the next limit of the policy that it will pass.
extension Shard {
    /// Sets the timer of a request to when time will next change something about it.
    ///
    /// - Complexity: O(seats), and O(log requests) when the moment has changed.
    mutating func setTimer(_ handle: RequestHandle) {
        let next = nextLimit(of: handle)
        let before = requests[handle].timerAt
        guard next != before else { return }
        schedule.move(handle, from: before, to: next)
        requests[handle].timerAt = next
    }

    /// Sets the timers of all requests that the step has changed.
    mutating func setTimers() {
        for handle in schedule.needTimer { setTimer(handle) }
        schedule.needTimer.removeAll(keepingCapacity: true)
    }

    private func nextLimit(of handle: RequestHandle) -> Moment {
        guard let open = requests.open(handle) else { return forgottenAt(handle) ?? .distantFuture }
        return open.nextLimit(policy)
    }

    /// Does what is due, in an order that is the same after a restart, until the outbox is full; the rest is
    /// still due.
    ///
    /// - Parameter now: Up to when the inputs have been read; decisions may be further.
    mutating func fireTimers(by now: Moment) {
        guard let first = schedule.timers.first, first <= now else { return }
        // Nearly each of them announces something, so that more would not fit into the outbox.
        let due = schedule.timers.due(by: now, max: Outbox.announcementsMax) { left, right in
            requests[left].key < requests[right].key
        }
        for handle in due {
            guard !current.outbox.isFull else { return }
            fireTimer(handle, by: now)
        }
    }

    private mutating func fireTimer(_ handle: RequestHandle, by now: Moment) {
        guard let open = requests.open(handle) else { return forgetPaused(handle, by: now) }
        if let ends = policy.expiry(of: open.submission), ends <= now {
            if open.submission.due <= ends { comeDueAtEnd(handle, by: now) }
            guard requests.open(handle) != nil else { return }
            return end(handle, as: .expired)
        }
        // A seat's place in the list changes when one of several offers is rescinded.
        for assignment in open.seats.map(\.assignment) {
            fireSeatClock(handle, assignment, by: now)
        }
        fireWaitAlarms(handle, by: now)
        comeDue(handle, by: now)
    }

    // MARK: The due date

    private mutating func comeDue(_ handle: RequestHandle, by now: Moment) {
        guard announceOverdue(handle, by: now), let open = requests.open(handle),
            open.submission.kind == .panel, !open.awaitsRecords
        else { return }
        comeDue(panel: handle)
    }

    /// A panel that was due before it expires may have a quorum; without one nobody is asked any more.
    private mutating func comeDueAtEnd(_ handle: RequestHandle, by now: Moment) {
        guard announceOverdue(handle, by: now), let open = requests.open(handle),
            open.submission.kind == .panel, open.hasQuorum(policy.panels)
        else { return }
        comeDue(panel: handle)
    }

    /// - Returns: Whether the request has come due, and that wasn't announced before.
    private mutating func announceOverdue(_ handle: RequestHandle, by now: Moment) -> Bool {
        guard let open = requests.open(handle), !open.isToldOverdue,
            open.submission.due <= now
        else { return false }
        changeOpen(handle) { $0.isToldOverdue = true }
        escalate(handle, .overdue, of: .request)
        return true
    }
}

extension OpenRequest {
    /// The next moment at which a limit of the policy is passed.
    fileprivate func nextLimit(_ policy: borrowing Policy) -> Moment {
        var next = isToldOverdue ? .distantFuture : submission.due
        if let ends = policy.expiry(of: submission) { next = min(next, ends) }
        let priority = submission.priority
        var waits = awaitsRecords
        forEachSeat { seat in
            guard let holding = seat.holding else { return waits = waits || seat.isWaiting }
            waits = waits || holding.acceptBy != nil
            next = min(next, holding.alarms(policy.clocks, priority).next)
        }
        if waits, let wait = firstWait(policy.clocks) { next = min(next, wait.alarms.next) }
        return next
    }
}

extension Policy {
    /// When a request ends that nobody has answered; nil: never.
    func expiry(of submission: Submission) -> Moment? {
        expiresAfter == 0 ? nil : submission.submittedAt.advanced(by: expiresAfter)
    }

    /// Whether a request that nobody has answered has ended by then.
    func hasExpired(_ submission: Submission, by now: Moment) -> Bool {
        expiry(of: submission).map { $0 <= now } ?? false
    }
}
