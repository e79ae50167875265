internal import OpinionMatching

// How seats are filled, queued and taken back.
extension Shard {
    /// Looks for somebody for a seat that is to be filled; who isn't found waits.
    ///
    /// A seat that was filled meanwhile is left alone; one of a panel that is about to report waits.
    mutating func fill(
        _ handle: Int32,
        seat index: Int,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        guard let open = openRequest(handle), open.seatList[index].isWaiting else { return }
        guard !open.isAboutToReport(policy.panels, at: decidedAt) else {
            return keepWaiting(handle)
        }
        let need = need(of: open, index, handle)
        let decision = decide(need, handle)
        if decision.chosen == nil {
            wait(handle, index, need, decision, because: cause, into: &outbox)
        } else {
            assign(handle, index, need, decision, because: cause, into: &outbox)
            offerMore(handle, because: cause, into: &outbox)
        }
    }

    /// Enters the seats that wait into the queue without looking for anybody.
    private mutating func keepWaiting(_ handle: Int32) {
        draft(handle)
        requeue(handle)
    }

    /// Gives or offers a seat that nobody has to whom a decision chose.
    mutating func assign(
        _ handle: Int32,
        _ index: Int,
        _ need: Need,
        _ decision: Decision,
        by authorization: Directive.Authorization? = nil,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        let audit = audit(decision, handle, index)
        guard var assignment = assignment(handle, index, need, decision) else { return }
        assignment.directed = authorization
        unqueue(handle)
        occupy(handle, index, by: assignment)
        requeue(handle)
        announce(.assigned(assignment), of: handle, because: cause, audit: audit, into: &outbox)
    }

    /// nil unless the policy asks for everything found.
    private func audit(_ decision: Decision, _ handle: Int32, _ index: Int) -> Audit? {
        guard policy.matching.verdictsMax > 0, let open = openRequest(handle) else { return nil }
        return Audit(assignment: open.seatList[index].nextAssignment, decision: decision)
    }

    /// What is told of a decision.
    ///
    /// Apart, so that nobody holds the request any more when it is changed: it would be copied.
    private mutating func assignment(
        _ handle: Int32,
        _ index: Int,
        _ need: Need,
        _ decision: Decision
    ) -> Assignment? {
        guard let open = openRequest(handle), let id = decision.chosen,
            let terms = withNetwork(
                of: handle,
                { network, _ in network.roster.terms(of: id, for: need) }
            )
        else { return nil }
        let (seat, submission) = (open.seatList[index], open.submission)
        return Assignment(
            id: seat.nextAssignment,
            specialist: id,
            discipline: terms.discipline,
            role: seat.spec?.role ?? .member,
            covers: seat.spec?.covers ?? [need.family],
            language: terms.language.map { submission.languages[$0] },
            acceptBy: acceptBy(id, handle),
            due: submission.due,
            priority: submission.priority,
            unitsBefore: terms.held,
            cost: need.cost,
            capacity: terms.capacity,
            decision: decision
        )
    }

    /// Until when a specialist may accept; nil: is given the seat.
    func acceptBy(_ id: Specialist.ID, _ handle: Int32) -> Moment? {
        guard policy.offersSeats, let submission = openRequest(handle)?.submission,
            networks[requests[Int(handle)].network].roster[id]?.acceptance == .manual
        else { return nil }
        let limits = policy.clocks[.accept]
        return decidedAt.advanced(by: limits.reassign[submission.priority.rawValue])
    }

    /// Puts the chosen specialist on the seat and takes the units.
    private mutating func occupy(_ handle: Int32, _ index: Int, by assignment: Assignment) {
        let now = decidedAt
        var holding = Seat.Holding(
            specialist: assignment.specialist,
            at: now,
            discipline: assignment.discipline,
            cost: assignment.cost
        )
        holding.kind = openRequest(handle)?.submission.kind ?? .single
        if openRequest(handle)?.seatList[index].spec != nil {
            let roster = networks[requests[Int(handle)].network].roster
            holding.affiliation = roster[assignment.specialist].map(Affiliation.init(of:))
        }
        if let acceptBy = assignment.acceptBy {
            let waitsSince = openRequest(handle)?.seatList[index].waitsSince ?? now
            holding.offer(until: acceptBy, waitsSince: waitsSince)
        }
        change(handle) { request in
            request.count(holding.specialist, on: now.day)
            request.withOpen { open in
                open.assignedAt = open.assignedAt ?? now
                open.seats[index].attempt = assignment.id.attempt
                open.seats[index].state = .held(holding)
                open.endWait()
            }
        }
        guard let place = place(handle, index) else { return }
        withNetwork(of: handle) { network, _ in network.take(place, by: holding.specialist) }
    }

    /// Puts a seat into the queue and tells why, if the reasons have changed since last told.
    private mutating func wait(
        _ handle: Int32,
        _ index: Int,
        _ need: Need,
        _ decision: Decision,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        guard let seat = openRequest(handle)?.seatList[index] else { return }
        var waiting = Seat.Waiting(
            since: decidedAt,
            rules: decision.excluded.rules,
            isUnmatchable: decision.isUnmatchable
        )
        let before: Seat.Waiting? = if case .waiting(let old) = seat.state { old } else { nil }
        waiting.since = before?.since ?? decidedAt
        guard before != waiting || !requests[Int(handle)].isQueued else { return }
        unqueue(handle)
        changeSeat(handle, index) { $0.state = .waiting(waiting) }
        draft(handle)
        requeue(handle)
        guard before != waiting else { return }
        let kind: AnnouncementKind =
            decision.isUnmatchable
            ? .unmatchable(seat.id, decision.excluded, shortage(need, handle))
            : .waiting(seat.id, decision.excluded)
        let audit = audit(decision, handle, index)
        announce(kind, of: handle, because: cause, audit: audit, into: &outbox)
    }

    private mutating func shortage(_ need: Need, _ handle: Int32) -> Shortage {
        let obstacles = withNetwork(of: handle) { network, policy in
            network.roster.soleObstacles(to: need, policy.matching)
        }
        var missing = need
        if !policy.matching.checksLicences { missing.residence = nil }
        return Shortage(
            obstacles: obstacles,
            missing: missing,
            level: policy.matching.minimumLevel
        )
    }

    /// Takes a held seat back from its specialist.
    mutating func rescind(
        _ handle: Int32,
        seat index: Int,
        _ reason: RescindReason,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        guard let seat = openRequest(handle)?.seatList[index], let holding = seat.holding,
            let place = place(handle, index)
        else { return }
        withNetwork(of: handle) { network, _ in network.release(place, by: holding.specialist) }
        let since = holding.waitsSince ?? decidedAt
        changeSeat(handle, index) { $0.empty(since: since) }
        let kind = AnnouncementKind.rescinded(seat.assignment, holding.specialist, reason)
        announce(kind, of: handle, because: cause, into: &outbox)
    }

    /// Rescinds every held seat; who held them.
    mutating func rescindAll(
        _ handle: Int32,
        _ reason: RescindReason,
        because cause: Cause?,
        into outbox: inout Outbox
    ) -> [Specialist.ID] {
        guard let open = openRequest(handle) else { return [] }
        for index in open.seats.indices {
            rescind(handle, seat: index, reason, because: cause, into: &outbox)
        }
        return open.seats.compactMap(\.holding?.specialist)
    }
}

extension Request {
    /// Counts a seat given on a day; what was given in earlier weeks no longer matters.
    mutating func count(_ id: Specialist.ID, on day: Day) {
        dayMarkList.removeAll { $0.day.week < day.week }
        if let known = dayMarkList.firstIndex(where: { $0.specialist == id && $0.day == day }) {
            dayMarkList[known].count += 1
        } else {
            dayMarkList.append(DayMark(specialist: id, day: day))
        }
    }
}
