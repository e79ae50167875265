package import OpinionMatching

// Small steps that the others are made of.
extension Shard {
    func openRequest(_ handle: Int32) -> OpenRequest? {
        guard case .open(let open) = requests[Int(handle)].phase else { return nil }
        return open
    }

    mutating func changeSeat(_ handle: Int32, _ index: Int, _ body: (inout Seat) -> Void) {
        change(handle) { request in request.withOpen { body(&$0.seats[index]) } }
    }

    /// Lends out the network of a request.
    mutating func withNetwork<Result>(
        of handle: Int32,
        _ body: (inout Network, Policy) -> Result
    ) -> Result {
        body(&networks[requests[Int(handle)].network], policy)
    }

    func place(_ handle: Int32, _ index: Int) -> Network.Place? {
        guard let seat = openRequest(handle)?.seatList[index], let holding = seat.holding else {
            return nil
        }
        return Network.Place(request: handle, seat: seat.id, cost: holding.cost, kind: holding.kind)
    }

    /// Asks the network of a request who would take a seat now.
    mutating func decide(_ need: Need, _ handle: Int32) -> Decision {
        let now = decidedAt
        return withNetwork(of: handle) { network, policy in
            network.roster.decide(need, policy.matching, at: now)
        }
    }

    /// What a seat asks of whoever is looked for.
    func need(of open: OpenRequest, _ seat: Int, _ handle: Int32) -> Need {
        var need = hardNeed(of: open, seat, handle)
        // The report would wait for whoever declines the seat again and again.
        if open.seatList[seat].isOptional { need.excluded += open.reluctant }
        return need
    }

    /// What the hard rules ask of whoever takes a seat.
    func hardNeed(of open: OpenRequest, _ seat: Int, _ handle: Int32) -> Need {
        let shared = open.plan?.need ?? need(of: open, handle)
        guard open.seatList.count > 1 || open.seatList[seat].spec != nil else { return shared }
        return narrowed(shared, to: seat, of: open, handle)
    }

    /// What every seat of a request asks.
    func need(of open: OpenRequest, _ handle: Int32) -> Need {
        policy.need(
            of: open.submission,
            barred: open.barred,
            reluctant: open.reluctant,
            tie: requests[Int(handle)].key.tie
        )
    }

    /// Keeps at hand what the seats of a request ask, since one of them waits.
    mutating func draft(_ handle: Int32) {
        guard let open = openRequest(handle), open.plan == nil else { return }
        let plan = OpenRequest.Plan(need(of: open, handle))
        requests[Int(handle)].withOpen { $0.plan = plan }
    }

    // MARK: The queue

    /// Enters the waiting seats of a request into the queue of its network.
    mutating func requeue(_ handle: Int32) {
        unqueue(handle)
        guard openRequest(handle)?.status != .assigned else { return }
        let tickets = tickets(of: handle)
        for (ticket, family, awaited) in tickets {
            withNetwork(of: handle) { network, _ in
                network.queue.insert(ticket, for: family, awaited)
            }
        }
        requests[Int(handle)].isQueued = !tickets.isEmpty
    }

    /// Takes a request's seats out of the queue, if they are in it.
    mutating func unqueue(_ handle: Int32) {
        guard requests[Int(handle)].isQueued else { return }
        for (ticket, family, awaited) in tickets(of: handle) {
            withNetwork(of: handle) { network, _ in
                network.queue.remove(ticket, for: family, awaited)
            }
        }
        requests[Int(handle)].isQueued = false
    }

    private func tickets(
        of handle: Int32
    ) -> [(WaitingQueue.Ticket, CancerFamily, WaitingQueue.Awaited)] {
        guard let open = openRequest(handle) else { return [] }
        let ahead = Int64(Priority.stat.rawValue - open.submission.priority.rawValue)
        return open.seatList.indices.compactMap { index in
            guard case .waiting(let waiting) = open.seatList[index].state else { return nil }
            let ticket = WaitingQueue.Ticket(
                since: waiting.since,
                headStart: ahead * policy.headStart,
                due: open.submission.due,
                tie: requests[Int(handle)].key.tie,
                request: handle,
                seat: Int32(index)
            )
            let family = open.seatList[index].spec?.covers[0] ?? open.submission.family
            return (ticket, family, waiting.isUnmatchable ? .roster : .unit)
        }
    }

    // MARK: Telling and ending

    mutating func announce(
        _ kind: AnnouncementKind,
        of handle: Int32,
        because cause: Cause?,
        audit: Audit? = nil,
        into outbox: inout Outbox
    ) {
        change(handle) { $0.told += 1 }
        outbox.append(
            Announcement(
                key: requests[Int(handle)].key,
                number: requests[Int(handle)].told,
                at: decidedAt,
                cause: cause ?? openRequest(handle)?.cause,
                kind: kind,
                audit: audit
            )
        )
    }

    mutating func conclude(_ handle: Int32, as kind: Request.Closure.Kind) {
        let demand = requests[Int(handle)].phase.demand
        var closure = Request.Closure(kind: kind, at: decidedAt, demand: demand)
        closure.pauses = requests[Int(handle)].pauses
        change(handle) { $0.phase = .closed(closure) }
        retain(handle, closure)
    }
}

extension Policy {
    /// What every seat of a request asks.
    package func need(
        of submission: Submission,
        barred: [Specialist.ID] = [],
        reluctant: [Specialist.ID] = [],
        tie: UInt64
    ) -> Need {
        Need(
            family: submission.family,
            disciplines: disciplines(of: submission),
            languages: submission.languages.map(primarySubtag),
            residence: submission.residence,
            due: submission.due.day,
            firstOpinion: submission.firstOpinion,
            excluded: barred.isEmpty ? submission.excluded : submission.excluded + barred,
            age: submission.age,
            preferences: submission.preferences,
            asked: submission.submittedAt,
            reluctant: reluctant,
            kind: submission.kind,
            cost: cost(of: submission.kind, nil),
            tieSeed: tie
        )
    }
}

extension Seat {
    /// Whether a report waits for it only while somebody has it.
    var isOptional: Bool { spec?.isRequired == false }

    /// Who has it or had it when it was delivered.
    var occupant: Specialist.ID? {
        switch state {
        case .waiting: nil
        case .held(let holding), .delivered(let holding, _, _): holding.specialist
        }
    }

    /// Where whoever has it or had it worked when it was given to them.
    var affiliation: Affiliation? {
        switch state {
        case .waiting: nil
        case .held(let holding), .delivered(let holding, _, _): holding.affiliation
        }
    }
}
