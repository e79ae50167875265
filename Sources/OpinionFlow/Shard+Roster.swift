package import OpinionMatching

// What the directory says: profiled, suspended, retired.
extension Shard {
    /// Takes in what a change of the directory means for the networks of this shard.
    ///
    /// Free units are offered at once; reasons for waiting are looked at again by ``reassess(into:)``.
    /// - Parameters:
    ///   - change: The change; one that concerns none of the shard's networks does nothing.
    ///   - cause: The profile's event; nil for a tombstone or an unreadable profile.
    ///   - isOurs: Whether a network lives in this shard.
    ///   - now: The moment of the decision.
    ///   - outbox: Takes what follows.
    package mutating func apply(
        _ change: Directory.Change,
        because cause: Cause?,
        where isOurs: (String) -> Bool,
        at now: Moment,
        into outbox: inout Outbox
    ) {
        advance(to: now)
        switch change {
        case .profiled(let specialist):
            confirmMove(of: specialist, into: &outbox)
            guard isOurs(specialist.network) else { return }
            load(specialist)
            let slot = self.slot(of: specialist.network)
            offer(specialist.id, in: slot, .roster, because: cause, into: &outbox)
        case .suspended(let id, let network):
            // Out of the roster, as after a restart; the seats stay in the pool.
            guard isOurs(network), let slot = networkSlots[network] else { return }
            let wasActive = networks[slot].roster.isActive(id)
            networks[slot].retire(id)
            if wasActive { networks[slot].departures.suspend(id) }
            changedNetworks.insert(network)
            forgetIfIdle(slot, network)
        case .retired(let id, let networks):
            for network in known(networks) { retire(id, from: network, into: &outbox) }
        }
    }

    /// Meets the roster once its records have been read: at a start, or taken over from somebody.
    ///
    /// All that waits is looked at again, also where nobody is left of whom it could be told.
    /// - Parameters:
    ///   - directory: Everybody there is.
    ///   - policy: The policy in force, perhaps another than it was decided by.
    ///   - isOurs: Whether a network lives in this shard.
    ///   - now: The moment of the decision.
    ///   - outbox: Takes what follows.
    /// - Complexity: O(specialists + requests), and one decision for each seat that waits.
    package mutating func meet(
        _ directory: Directory,
        _ policy: Policy,
        where isOurs: (String) -> Bool = { _ in true },
        at now: Moment,
        into outbox: inout Outbox
    ) {
        for specialist in directory.specialists(where: isOurs) { load(specialist) }
        advance(to: now)
        adopt(policy)
        reconcile(with: directory)
        reassessAll(into: &outbox)
    }

    /// Takes a profile in without offering anything: for the roster as it stands at a start.
    package mutating func load(_ specialist: Specialist) {
        let slot = self.slot(of: specialist.network)
        networks[slot].profile(specialist)
        changedNetworks.insert(specialist.network)
        setGone(specialist.id, in: slot, since: nil)
    }

    /// Those of the networks that have anything here.
    private func known(_ networks: Directory.Networks) -> [String] {
        switch networks {
        case .one(let name): networkSlots[name] == nil ? [] : [name]
        case .allBut(let name): networkSlots.keys.filter { $0 != name }.sorted()
        case .all: networkSlots.keys.sorted()
        }
    }

    /// Looks again at everything that waits in networks whose roster has changed, and at what another policy
    /// changes about requests.
    ///
    /// When the outbox is full the rest waits for the next call: see ``isUnfinished``.
    /// - Complexity: one decision for each seat that waits there.
    package mutating func reassess(into outbox: inout Outbox) {
        guard openReleased(into: &outbox), reviewPanels(into: &outbox) else {
            isUnfinished = true
            return
        }
        for network in changedNetworks.sorted() {
            guard reassess(network, into: &outbox) else { isUnfinished = true; return }
            changedNetworks.remove(network)
        }
        isUnfinished = false
    }

    /// Looks again at everything that waits.
    package mutating func reassessAll(into outbox: inout Outbox) {
        changedNetworks.formUnion(networkSlots.keys)
        reassess(into: &outbox)
    }

    /// - Returns: Whether all of it was looked at.
    private mutating func reassess(_ network: String, into outbox: inout Outbox) -> Bool {
        guard let slot = networkSlots[network] else { return true }
        var looked: Set<Int32> = []
        for ticket in networks[slot].queue.tickets {
            // A panel's seats are looked at together, at the first of them.
            guard requests[Int(ticket.request)].isQueued, looked.insert(ticket.request).inserted
            else { continue }
            guard !outbox.isFull else { return false }
            fillAll(ticket.request, because: nil, into: &outbox)
        }
        return true
    }
}

extension Seat {
    var isWaiting: Bool {
        if case .waiting = state { true } else { false }
    }
}
