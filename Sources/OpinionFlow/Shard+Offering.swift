internal import OpinionMatching

// How free units are offered to those who wait.
extension Shard {
    /// Offers the free units of some specialists to those who wait, the most pressing first.
    mutating func offer(
        _ specialists: [Specialist.ID],
        in handle: Int32,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        let network = requests[Int(handle)].network
        for id in specialists { offer(id, in: network, .unit, because: cause, into: &outbox) }
    }

    mutating func offer(
        _ id: Specialist.ID,
        in network: Int,
        _ awaited: WaitingQueue.Awaited,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        while let ticket = firstServed(by: id, in: network, awaited) {
            guard !outbox.isFull else { return offerLater(in: ticket) }
            fill(ticket.request, seat: Int(ticket.seat), because: cause, into: &outbox)
        }
    }

    /// All who wait where a seat does are looked at again by the next ``reassess(into:)``.
    private mutating func offerLater(in ticket: WaitingQueue.Ticket) {
        isUnfinished = true
        changedNetworks.insert(requests[Int(ticket.request)].key.network)
    }

    /// The most pressing seat that a specialist could take now.
    ///
    /// - Complexity: one question to each seat that waits before that one; none at all while the specialist
    ///   is away, or those who wait are the same whom they cannot serve, however often a unit is freed.
    mutating func firstServed(
        by id: Specialist.ID,
        in network: Int,
        _ awaited: WaitingQueue.Awaited
    ) -> WaitingQueue.Ticket? {
        guard let families = networks[network].familiesOfferable(by: id, awaited) else {
            return nil
        }
        if awaited == .unit, networks[network].roster.isAway(id, at: decidedAt) { return nil }
        var isWanted = false
        for ticket in networks[network].queue.line(of: families, awaited) {
            switch admission(of: id, to: ticket, in: network) {
            case .now: return ticket
            case .later: isWanted = true
            // Of a panel's seat the colleagues decide as well, and they change.
            case .never: isWanted = isWanted || isPanel(ticket)
            }
        }
        if awaited == .unit, !isWanted { networks[network].noteUnwanted(id, for: families) }
        return nil
    }

    private func isPanel(_ ticket: WaitingQueue.Ticket) -> Bool {
        openRequest(ticket.request)?.submission.kind == .panel
    }

    private mutating func admission(
        of id: Specialist.ID,
        to ticket: WaitingQueue.Ticket,
        in network: Int
    ) -> Admission {
        guard let open = openRequest(ticket.request),
            !open.isAboutToReport(policy.panels, at: decidedAt)
        else { return .later }
        let need = need(of: open, Int(ticket.seat), ticket.request)
        return networks[network].roster.admission(of: id, to: need, policy.matching, at: decidedAt)
    }
}
