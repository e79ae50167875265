internal import OpinionMatching

// How seats are filled, queued, offered to and taken back.
extension Shard {
    /// Looks for somebody for a seat that is to be filled; who isn't found waits.
    mutating func fill(
        _ handle: Int32,
        seat index: Int,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        guard let need = need(handle, index) else { return }
        let now = decidedAt
        let decision = withPool(of: handle) { pool, policy in
            pool.roster.decide(need, policy.matching, at: now)
        }
        if decision.chosen == nil {
            wait(handle, index, decision, because: cause, into: &outbox)
        } else {
            assign(handle, index, need, decision, because: cause, into: &outbox)
        }
    }

    private func need(_ handle: Int32, _ index: Int) -> Need? {
        openRequest(handle).map { plan(of: $0, index).need }
    }

    private mutating func assign(
        _ handle: Int32,
        _ index: Int,
        _ need: Need,
        _ decision: Decision,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        guard let assignment = assignment(handle, index, need, decision) else { return }
        unqueue(handle)
        occupy(handle, index, by: assignment)
        requeue(handle)
        announce(.assigned(assignment), of: handle, because: cause, into: &outbox)
    }

    /// What is told of a decision.
    ///
    /// Apart, so that nobody holds the request any more when it is changed: it would be copied.
    private func assignment(
        _ handle: Int32,
        _ index: Int,
        _ need: Need,
        _ decision: Decision
    ) -> Assignment? {
        let roster = pools[requests[Int(handle)].pool].roster
        guard let open = openRequest(handle), let id = decision.chosen, let specialist = roster[id]
        else { return nil }
        let seat = open.seats[index]
        return Assignment(
            id: AssignmentID(seat: seat.id, attempt: seat.attempt + 1),
            specialist: id,
            discipline: specialist.discipline(for: need),
            covers: [need.family],
            language: specialist.language(for: open.submission),
            due: open.submission.due,
            priority: open.submission.priority,
            unitsBefore: roster.load(of: id)?.held ?? 0,
            cost: need.cost,
            capacity: specialist.capacity.units,
            decision: decision
        )
    }

    /// Puts the chosen specialist on the seat and takes the units.
    private mutating func occupy(_ handle: Int32, _ index: Int, by assignment: Assignment) {
        let now = decidedAt
        let holding = Seat.Holding(
            specialist: assignment.specialist,
            at: now,
            discipline: assignment.discipline,
            cost: assignment.cost
        )
        change(handle) { request in
            request.count(holding.specialist, on: now.day)
            request.withOpen { open in
                open.assignedAt = open.assignedAt ?? now
                open.seats[index].attempt = assignment.id.attempt
                open.seats[index].state = .held(holding)
            }
        }
        let place = Pool.Place(request: handle, seat: assignment.id.seat, cost: holding.cost)
        withPool(of: handle) { pool, _ in pool.take(place, by: holding.specialist) }
    }

    /// Puts a seat into the queue and tells why, if the reasons have changed since last told.
    private mutating func wait(
        _ handle: Int32,
        _ index: Int,
        _ decision: Decision,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        guard let seat = openRequest(handle)?.seats[index] else { return }
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
        requeue(handle)
        guard before != waiting else { return }
        let news: News =
            decision.isUnmatchable
            ? .unmatchable(seat.id, decision.excluded) : .waiting(seat.id, decision.excluded)
        announce(news, of: handle, because: cause, into: &outbox)
    }

    /// Takes a held seat back from its specialist.
    mutating func rescind(
        _ handle: Int32,
        seat index: Int,
        _ reason: RescindReason,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        guard let seat = openRequest(handle)?.seats[index], let holding = seat.holding,
            let place = place(handle, index)
        else { return }
        withPool(of: handle) { pool, _ in pool.release(place, by: holding.specialist) }
        let waiting = Seat.Waiting(since: decidedAt, rules: RuleSet(), isUnmatchable: false)
        changeSeat(handle, index) { $0.state = .waiting(waiting) }
        let news = News.rescinded(seat.assignment, holding.specialist, reason)
        announce(news, of: handle, because: cause, into: &outbox)
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

    /// Offers the free units of some specialists to those who wait, the most pressing first.
    mutating func offer(
        _ specialists: [Specialist.ID],
        in handle: Int32,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        let network = requests[Int(handle)].key.network
        for id in specialists { offer(id, in: network, .unit, because: cause, into: &outbox) }
    }

    mutating func offer(
        _ id: Specialist.ID,
        in network: String,
        _ hope: WaitingQueue.Hope,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        while let ticket = firstServed(by: id, in: network, hope) {
            fill(ticket.request, seat: Int(ticket.seat), because: cause, into: &outbox)
        }
    }

    /// The most pressing seat that a specialist could take now.
    private mutating func firstServed(
        by id: Specialist.ID,
        in network: String,
        _ hope: WaitingQueue.Hope
    ) -> WaitingQueue.Ticket? {
        guard let pool = poolNumbers[network],
            hope == .roster || !pools[pool].queue.wantsNoUnit,
            pools[pool].roster.hasRoom(id), let specialist = pools[pool].roster[id]
        else { return nil }
        let queue = pools[pool].queue
        return queue.first(of: specialist.families, hope) { ticket in
            guard let open = openRequest(ticket.request) else { return false }
            let plan = plan(of: open, Int(ticket.seat))
            return pools[pool].roster.admits(id, to: plan.need, policy.matching, at: decidedAt)
        }
    }
}

extension Specialist {
    /// The families treated, each once.
    fileprivate var families: [CancerFamily] {
        var seen: UInt64 = 0
        return expertise.map(\.family).filter { family in
            let bit = UInt64(1) << UInt64(family.rawValue)
            defer { seen |= bit }
            return seen & bit == 0
        }
    }

    /// The first of the disciplines asked for that the specialist has, else the specialist's first.
    func discipline(for need: Need) -> String {
        need.disciplines.first { disciplines.contains($0) } ?? disciplines.first ?? ""
    }

    /// The first of the request's languages that the specialist speaks, as the request spells it.
    func language(for submission: Submission) -> String? {
        submission.languages.first { languages.contains(primarySubtag($0)) }
    }
}

extension Request {
    /// Counts a seat given on a day; what was given on earlier days no longer matters.
    mutating func count(_ id: Specialist.ID, on day: Day) {
        dayMarks.removeAll { $0.day < day }
        dayMarks.append(DayMark(specialist: id, day: day))
    }
}
