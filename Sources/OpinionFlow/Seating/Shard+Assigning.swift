internal import OpinionMatching

// How a seat goes to a specialist, and how it is taken back.
extension Shard {
    /// Gives or offers a seat that nobody has to the specialist whom a decision chose.
    mutating func assign(
        _ handle: RequestHandle,
        _ index: Int,
        _ need: Need,
        _ decision: Decision,
        by authorization: Directive.Authorization? = nil
    ) {
        let audit = audit(decision, handle, index)
        guard var assignment = assignment(handle, index, need, decision) else { return }
        assignment.directed = authorization
        dequeue(handle)
        occupy(handle, index, by: assignment)
        enqueue(handle)
        announce(.assigned(assignment), of: handle, audit: audit)
    }

    /// What is announced of a decision.
    ///
    /// A function of its own, so that it lets go of the request before that is changed: it would be copied.
    private mutating func assignment(
        _ handle: RequestHandle,
        _ index: Int,
        _ need: Need,
        _ decision: Decision
    ) -> Assignment? {
        guard let open = requests.open(handle), let id = decision.chosen,
            let terms = terms(of: decision, for: need, handle)
        else { return nil }
        let (seat, submission) = (open.seatList[index], open.submission)
        return Assignment(
            id: seat.nextAssignment,
            specialist: id,
            discipline: terms.discipline,
            role: seat.spec?.role ?? .member,
            covers: seat.spec?.covers ?? [need.family],
            language: terms.language.map { submission.languages[$0] },
            acceptBy: acceptBy(terms, handle),
            due: submission.due,
            priority: submission.priority,
            unitsBefore: terms.held,
            cost: need.cost,
            capacity: terms.capacity,
            decision: decision
        )
    }

    /// On which terms the chosen specialist takes a seat; nil: nobody was chosen.
    ///
    /// Mutating only so that the roster isn't copied.
    mutating func terms(
        of decision: Decision,
        for need: Need,
        _ handle: RequestHandle
    ) -> Roster.Terms? {
        withNetwork(of: handle) { network, _ in network.roster.terms(of: decision, for: need) }
    }

    /// Until when a specialist may accept; nil: the seat is given, not offered.
    func acceptBy(_ terms: Roster.Terms, _ handle: RequestHandle) -> Moment? {
        guard policy.offersSeats, terms.acceptance == .manual,
            let submission = requests.open(handle)?.submission
        else { return nil }
        let limits = policy.clocks[.accept]
        return decidedAt.advanced(by: limits.reassign[submission.priority.rawValue])
    }

    /// Puts the chosen specialist on the seat and takes the units.
    private mutating func occupy(
        _ handle: RequestHandle,
        _ index: Int,
        by assignment: Assignment
    ) {
        let now = decidedAt
        let holding = holding(handle, index, by: assignment)
        change(handle) { request in
            request.countAssignment(to: holding.specialist, on: now.day)
            request.withOpen {
                $0.assign(index, attempt: assignment.id.attempt, to: holding, at: now)
            }
        }
        guard let place = place(handle, index) else { return }
        networks.list[requests[handle].network].occupy(place, by: assignment.decision)
    }

    private func holding(
        _ handle: RequestHandle,
        _ index: Int,
        by assignment: Assignment
    ) -> Seat.Holding {
        let now = decidedAt
        var holding = Seat.Holding(
            specialist: assignment.specialist,
            at: now,
            discipline: assignment.discipline,
            cost: assignment.cost
        )
        guard let open = requests.open(handle) else { return holding }
        holding.kind = open.submission.kind
        if open.seatList[index].spec != nil {
            let slot = requests[handle].network
            holding.affiliation = networks.list[slot].roster.specialist(of: assignment.decision)
                .map(Affiliation.init(of:))
        }
        if let acceptBy = assignment.acceptBy {
            holding.offer(until: acceptBy, waitsSince: open.seatList[index].waitsSince ?? now)
        }
        return holding
    }

    // MARK: Taking back

    /// Takes a held seat back from its specialist; a seat that nobody holds is left alone.
    mutating func rescind(_ handle: RequestHandle, seat index: Int, _ reason: RescindReason) {
        guard let seat = requests.open(handle)?.seatList[index], let holding = seat.holding else {
            return
        }
        releaseUnits(handle, index)
        let since = holding.waitsSince ?? decidedAt
        changeSeat(handle, index) { $0.empty(since: since) }
        announce(.rescinded(seat.assignment, holding.specialist, reason), of: handle)
    }

    /// Rescinds every held seat.
    ///
    /// - Returns: Who held them.
    mutating func rescindAll(
        _ handle: RequestHandle,
        _ reason: RescindReason
    ) -> [Specialist.ID] {
        guard let open = requests.open(handle) else { return [] }
        for index in open.seats.indices { rescind(handle, seat: index, reason) }
        return open.seats.compactMap(\.holding?.specialist)
    }

    /// Frees the units that a held seat takes.
    mutating func releaseUnits(_ handle: RequestHandle, _ index: Int) {
        guard let holding = requests.open(handle)?.seatList[index].holding,
            let place = place(handle, index)
        else { return }
        networks.list[requests[handle].network].release(place, by: holding.specialist)
    }

    /// Where a held seat is counted in its network; nil: nobody holds it.
    func place(_ handle: RequestHandle, _ index: Int) -> Network.Place? {
        guard let seat = requests.open(handle)?.seatList[index], let holding = seat.holding else {
            return nil
        }
        return Network.Place(
            request: handle,
            seat: seat.id,
            cost: holding.cost,
            kind: holding.kind
        )
    }
}
