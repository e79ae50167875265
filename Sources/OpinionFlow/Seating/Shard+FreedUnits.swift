internal import OpinionMatching

// How freed units are offered to the seats that wait.
extension Shard {
    /// Offers the free units of some specialists to the seats that wait in their network, the most urgent first.
    mutating func serveWaiting(with specialists: [Specialist.ID], inNetworkOf handle: RequestHandle)
    {
        let slot = requests[handle].network
        for id in specialists { serveWaiting(with: id, in: slot, .unit) }
    }

    /// Offers the free units of a specialist to the seats that wait.
    mutating func serveWaiting(
        with id: Specialist.ID,
        in slot: NetworkTable.Slot,
        _ awaited: WaitingQueue.Awaited
    ) {
        while let ticket = firstServed(by: id, in: slot, awaited) {
            guard !current.outbox.isFull else { return offerLater(in: ticket) }
            fill(ticket.request, seat: Int(ticket.seat))
        }
    }

    /// All that waits in the network of a seat is looked at again by the next ``reassess(into:)``.
    private mutating func offerLater(in ticket: WaitingQueue.Ticket) {
        backlog.isUnfinished = true
        networks.changed.insert(requests[ticket.request].key.network)
    }

    /// The most urgent waiting seat that a specialist could take now.
    ///
    /// - Complexity: one question to each seat that waits before that one; none at all while the specialist
    ///   is away, or while no new seat has joined the queue since the specialist was found unable to serve any.
    mutating func firstServed(
        by id: Specialist.ID,
        in slot: NetworkTable.Slot,
        _ awaited: WaitingQueue.Awaited
    ) -> WaitingQueue.Ticket? {
        guard let families = networks.list[slot].familiesOfferable(by: id, awaited) else {
            return nil
        }
        if awaited == .unit, networks.list[slot].roster.isAway(id, at: decidedAt) { return nil }
        var isWanted = false
        for ticket in networks.list[slot].queue.line(of: families, awaited) {
            switch admission(of: id, to: ticket, in: slot) {
            case .now: return ticket
            case .later: isWanted = true
            // Of a panel's seat the colleagues decide as well, and they change.
            case .never: isWanted = isWanted || isPanel(ticket)
            }
        }
        if awaited == .unit, !isWanted { networks.list[slot].markUnwanted(id, for: families) }
        return nil
    }

    private func isPanel(_ ticket: WaitingQueue.Ticket) -> Bool {
        requests.open(ticket.request)?.submission.kind == .panel
    }

    private mutating func admission(
        of id: Specialist.ID,
        to ticket: WaitingQueue.Ticket,
        in slot: NetworkTable.Slot
    ) -> Admission {
        guard let open = requests.open(ticket.request),
            !open.isAboutToReport(policy.panels, at: decidedAt)
        else { return .later }
        let need = need(of: open, Int(ticket.seat), ticket.request)
        return networks.list[slot].roster.admission(
            of: id,
            to: need,
            policy.matching,
            at: decidedAt
        )
    }
}
