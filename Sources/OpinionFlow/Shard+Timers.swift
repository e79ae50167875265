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
        guard let open = openRequest(handle) else { return forgottenAt(handle) ?? .distantFuture }
        var next = open.isToldOverdue ? .distantFuture : open.submission.due
        if let ends = policy.expiry(of: open.submission) { next = min(next, ends) }
        let priority = open.submission.priority
        var waits = open.awaitsRecords
        open.forEachSeat { seat in
            guard let holding = seat.holding else { return waits = waits || seat.isWaiting }
            waits = waits || holding.acceptBy != nil
            next = min(next, alarms(of: holding, priority).next)
        }
        if waits, let wait = wait(of: open) { next = min(next, wait.alarms.next) }
        return next
    }

    /// Does what is due, in an order that is the same after a restart, until the outbox is full; the rest is
    /// still due.
    ///
    /// - Parameters:
    ///   - now: Up to when the inputs have been read; decisions may be further.
    ///   - outbox: Takes what is told.
    mutating func goOff(by now: Moment, into outbox: inout Outbox) {
        guard let first = timers.first, first <= now else { return }
        // Nearly each of them tells something, so that more would not fit into the outbox.
        let due = timers.due(by: now, max: Outbox.announcementsMax) { left, right in
            requests[Int(left)].key < requests[Int(right)].key
        }
        for handle in due {
            guard !outbox.isFull else { return }
            passLimits(handle, by: now, into: &outbox)
        }
    }

    private mutating func passLimits(
        _ handle: Int32,
        by now: Moment,
        into outbox: inout Outbox
    ) {
        guard let open = openRequest(handle) else { return forgetPaused(handle, by: now) }
        if let ends = policy.expiry(of: open.submission), ends <= now {
            if open.submission.due <= ends { comeDueAtEnd(handle, by: now, into: &outbox) }
            guard openRequest(handle) != nil else { return }
            return end(handle, as: .expired, because: nil, into: &outbox)
        }
        // Where a seat stands changes when one that was offered to several is taken back.
        for assignment in open.seats.map(\.assignment) {
            passLimits(handle, assignment, by: now, into: &outbox)
        }
        passWaiting(handle, by: now, into: &outbox)
        comeDue(handle, by: now, into: &outbox)
    }

    private mutating func comeDue(
        _ handle: Int32,
        by now: Moment,
        into outbox: inout Outbox
    ) {
        guard tellOverdue(handle, by: now, into: &outbox), let open = openRequest(handle),
            open.submission.kind == .panel, !open.awaitsRecords
        else { return }
        comeDue(panel: handle, into: &outbox)
    }

    /// What was due before it ends may have a quorum; without one nobody is asked any more.
    private mutating func comeDueAtEnd(
        _ handle: Int32,
        by now: Moment,
        into outbox: inout Outbox
    ) {
        guard tellOverdue(handle, by: now, into: &outbox), let open = openRequest(handle),
            open.submission.kind == .panel, open.hasQuorum(policy.panels)
        else { return }
        comeDue(panel: handle, into: &outbox)
    }

    /// - Returns: Whether it has come due and that wasn't told before.
    private mutating func tellOverdue(
        _ handle: Int32,
        by now: Moment,
        into outbox: inout Outbox
    ) -> Bool {
        guard let open = openRequest(handle), !open.isToldOverdue,
            open.submission.due <= now
        else { return false }
        change(handle) { request in request.withOpen { $0.isToldOverdue = true } }
        escalate(handle, .overdue, of: .request, into: &outbox)
        return true
    }

    // MARK: A seat's clock

    private func alarms(of holding: Seat.Holding, _ priority: Priority) -> Alarms {
        let limits = policy.clocks[holding.clock]
        var alarms = Alarms(limits, priority, since: holding.clockSince, told: holding.told)
        if let acceptBy = holding.acceptBy { alarms.reassign = acceptBy }
        if let stayedAt = holding.stayedAt {
            alarms.reassign = Alarms(limits, priority, since: stayedAt, told: []).reassign
        }
        return alarms
    }

    /// Whoever is too slow loses the seat, or somebody hears of it, or they are reminded.
    private mutating func passLimits(
        _ handle: Int32,
        _ assignment: AssignmentID,
        by now: Moment,
        into outbox: inout Outbox
    ) {
        guard let index = openSeat(assignment, of: handle), let open = openRequest(handle),
            let holding = open.seatList[index].holding
        else { return }
        let alarms = alarms(of: holding, open.submission.priority)
        let seat = Notice.Subject.held(assignment, holding.specialist)
        if alarms.reassign <= now {
            guard !isReplaceable(handle, index) else {
                return vacate(handle, index, .timedOut, false, because: nil, into: &outbox)
            }
            changeHolding(handle, index) { [decidedAt] in $0.stayedAt = decidedAt }
        }
        guard let mark = alarms.mark(by: now) else { return }
        changeHolding(handle, index) { $0.told.insert(mark) }
        tell(mark, handle, holding.clock, of: seat, into: &outbox)
    }

    /// Whether whoever is too slow may lose the seat: an offer, and a seat that no report needs, always.
    ///
    /// Any other stays while nobody else could take it now: to begin anew would only cost what is done.
    private mutating func isReplaceable(_ handle: Int32, _ index: Int) -> Bool {
        guard let open = openRequest(handle), let holding = open.seatList[index].holding else {
            return false
        }
        guard holding.clock == .deliver, !open.seatList[index].isOptional else { return true }
        if open.isAboutToReport(policy.panels, at: decidedAt) { return false }
        var need = need(of: open, index, handle)
        need.excluded.append(holding.specialist)
        return decide(need, handle).chosen != nil
    }

    private mutating func changeHolding(
        _ handle: Int32,
        _ index: Int,
        _ body: (inout Seat.Holding) -> Void
    ) {
        changeSeat(handle, index) { seat in
            guard var holding = seat.holding else { return }
            body(&holding)
            seat.state = .held(holding)
        }
    }

    // MARK: Telling

    /// Tells what a clock's mark is for.
    mutating func tell(
        _ mark: ClockMarks,
        _ handle: Int32,
        _ clock: ClockKind,
        of subject: Notice.Subject,
        into outbox: inout Outbox
    ) {
        if mark == .escalated {
            escalate(handle, .late(clock), of: subject, into: &outbox)
        } else {
            remind(handle, clock, of: subject, into: &outbox)
        }
    }

    private mutating func escalate(
        _ handle: Int32,
        _ reason: Escalation.Reason,
        of subject: Notice.Subject,
        into outbox: inout Outbox
    ) {
        guard let notice = notice(of: subject, handle) else { return }
        let kind = Escalation(reason: reason, notice: notice)
        announce(.escalated(kind), of: handle, because: nil, into: &outbox)
    }

    private func notice(of subject: Notice.Subject, _ handle: Int32) -> Notice? {
        guard let submission = openRequest(handle)?.submission else { return nil }
        return Notice(subject: subject, priority: submission.priority, due: submission.due)
    }

    private mutating func remind(
        _ handle: Int32,
        _ clock: ClockKind,
        of subject: Notice.Subject,
        into outbox: inout Outbox
    ) {
        guard let notice = notice(of: subject, handle) else { return }
        announce(
            .reminder(Reminder(clock: clock, notice: notice)),
            of: handle,
            because: nil,
            into: &outbox
        )
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

extension Seat.Holding {
    /// Which clock runs for whoever has the seat.
    var clock: ClockKind { acceptBy == nil ? .deliver : .accept }
    var clockSince: Moment { acceptedAt ?? at }
}
