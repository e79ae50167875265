internal import OpinionMatching

// The clocks of held seats: to accept, then to deliver.
extension Shard {
    /// A specialist who is too slow loses the seat, or is reminded, or somebody else hears of it.
    mutating func fireSeatClock(
        _ handle: RequestHandle,
        _ assignment: AssignmentID,
        by now: Moment
    ) {
        guard let open = requests.open(handle), let index = open.heldSeat(assignment),
            let holding = open.seatList[index].holding
        else { return }
        let alarms = holding.alarms(policy.clocks, open.submission.priority)
        if alarms.reassign <= now {
            guard !isReplaceable(handle, index) else {
                return vacate(handle, index, .timedOut, isBarred: false)
            }
            changeHolding(handle, index) { [decidedAt] in $0.stayedAt = decidedAt }
        }
        guard let mark = alarms.mark(by: now) else { return }
        changeHolding(handle, index) { $0.told.insert(mark) }
        announce(mark, handle, holding.clock, of: .held(assignment, holding.specialist))
    }

    /// Whether a specialist who is too slow may lose the seat: an offer, and a seat that no report needs, always.
    ///
    /// Any other seat stays while nobody else could take it now: to begin anew would only lose what is done.
    private mutating func isReplaceable(_ handle: RequestHandle, _ index: Int) -> Bool {
        guard let open = requests.open(handle), let holding = open.seatList[index].holding else {
            return false
        }
        guard holding.clock == .deliver, !open.seatList[index].isOptional else { return true }
        if open.isAboutToReport(policy.panels, at: decidedAt) { return false }
        var need = need(of: open, index, handle)
        need.excluded.append(holding.specialist)
        return decide(need, handle).chosen != nil
    }

    private mutating func changeHolding(
        _ handle: RequestHandle,
        _ index: Int,
        _ body: (inout Seat.Holding) -> Void
    ) {
        changeSeat(handle, index) { seat in
            guard var holding = seat.holding else { return }
            body(&holding)
            seat.state = .held(holding)
        }
    }

    // MARK: Announcing

    /// Announces what a clock's mark stands for: a reminder or an escalation.
    mutating func announce(
        _ mark: ClockMarks,
        _ handle: RequestHandle,
        _ clock: ClockKind,
        of subject: Notice.Subject
    ) {
        if mark == .escalated {
            escalate(handle, .late(clock), of: subject)
        } else if let notice = notice(of: subject, handle) {
            announce(.reminder(Reminder(clock: clock, notice: notice)), of: handle)
        }
    }

    mutating func escalate(
        _ handle: RequestHandle,
        _ reason: Escalation.Reason,
        of subject: Notice.Subject
    ) {
        guard let notice = notice(of: subject, handle) else { return }
        announce(.escalated(Escalation(reason: reason, notice: notice)), of: handle)
    }

    private func notice(of subject: Notice.Subject, _ handle: RequestHandle) -> Notice? {
        guard let submission = requests.open(handle)?.submission else { return nil }
        return Notice(subject: subject, priority: submission.priority, due: submission.due)
    }
}

extension Seat.Holding {
    /// Which clock runs for the specialist.
    var clock: ClockKind { acceptBy == nil ? .deliver : .accept }

    private var clockSince: Moment { acceptedAt ?? at }

    /// What the running clock is still to announce, and when the seat goes to somebody else.
    func alarms(_ policy: borrowing ClockPolicy, _ priority: Priority) -> Alarms {
        let limits = policy[clock]
        var alarms = Alarms(limits, priority, since: clockSince, told: told)
        if let acceptBy { alarms.reassign = acceptBy }
        if let stayedAt {
            alarms.reassign = Alarms(limits, priority, since: stayedAt, told: []).reassign
        }
        return alarms
    }
}
