package import OpinionMatching

// What the directory says of specialists, and what that means for the seats that wait.
extension Shard {
    /// A profile: the specialist joins the roster or changes there.
    mutating func profile(_ specialist: Specialist, _ isOurs: Bool) {
        // The profile confirms that the specialist has left another network, and causes nothing there.
        withoutCause { $0.confirmMove(of: specialist) }
        guard isOurs else { return }
        load(specialist)
        let slot = networks.insert(specialist.network, at: decidedAt)
        serveWaiting(with: specialist.id, in: slot, .roster)
    }

    /// A profile that can't be read: the specialist leaves the roster, as after a restart, and keeps the seats.
    mutating func suspend(_ id: Specialist.ID, in network: String) {
        guard let slot = networks.slot(of: network) else { return }
        let wasActive = networks.list[slot].roster.isActive(id)
        networks.list[slot].retire(id)
        if wasActive { networks.list[slot].departures.suspend(id) }
        networks.changed.insert(network)
        networks.removeIfIdle(slot, named: network, at: decidedAt)
    }

    /// A tombstone, or a profile that says another network.
    mutating func retire(_ id: Specialist.ID, from networks: Directory.Networks) {
        for network in known(networks) { retire(id, from: network) }
    }

    /// Loads a profile without offering anything: for the roster as it is at a start.
    package mutating func load(_ specialist: Specialist) {
        let slot = networks.insert(specialist.network, at: decidedAt)
        networks.list[slot].profile(specialist)
        networks.changed.insert(specialist.network)
        setGone(specialist.id, in: slot, since: nil)
    }

    /// Those of the networks that have anything here.
    private func known(_ wanted: Directory.Networks) -> [String] {
        switch wanted {
        case .one(let name): networks.slot(of: name) == nil ? [] : [name]
        case .allBut(let name): networks.names.filter { $0 != name }
        case .all: networks.names
        }
    }

    /// See ``reassess(into:)``.
    mutating func reassess() {
        guard openReleased(), reviewPanels() else {
            backlog.isUnfinished = true
            return
        }
        for network in networks.changed.sorted() {
            guard reassess(network) else {
                backlog.isUnfinished = true
                return
            }
            networks.changed.remove(network)
        }
        backlog.isUnfinished = false
    }

    /// - Returns: Whether all seats that wait there were looked at.
    private mutating func reassess(_ network: String) -> Bool {
        guard let slot = networks.slot(of: network) else { return true }
        var looked: Set<RequestHandle> = []
        for ticket in networks.list[slot].queue.tickets {
            // A panel's seats are looked at together, at the first of them.
            guard requests[ticket.request].isQueued, looked.insert(ticket.request).inserted
            else { continue }
            guard !current.outbox.isFull else { return false }
            fillAll(ticket.request)
        }
        return true
    }
}
