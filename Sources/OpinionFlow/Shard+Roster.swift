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
            guard isOurs(specialist.network) else { return }
            load(specialist)
            let pool = pool(of: specialist.network)
            offer(specialist.id, in: pool, .roster, because: cause, into: &outbox)
        case .suspended(let id, let network):
            // Out of the roster, as after a restart; the seats stay in the pool.
            guard isOurs(network), let pool = poolNumbers[network] else { return }
            pools[pool].roster.retire(id)
            changedNetworks.insert(network)
        case .retired(let id, let networks):
            for network in poolNumbers.keys.sorted() where networks.contain(network) {
                retire(id, from: network, into: &outbox)
            }
        }
    }

    /// Takes a profile in without offering anything: for the roster as it stands at a start.
    package mutating func load(_ specialist: Specialist) {
        pools[pool(of: specialist.network)].profile(specialist)
        changedNetworks.insert(specialist.network)
    }

    private mutating func retire(
        _ id: Specialist.ID,
        from network: String,
        into outbox: inout Outbox
    ) {
        guard let pool = poolNumbers[network] else { return }
        // By name: the numbers of requests are another's after a restart.
        let places = (pools[pool].seats[id] ?? []).sorted { left, right in
            let (first, second) = (
                requests[Int(left.request)].key, requests[Int(right.request)].key
            )
            return (first, left.seat) < (second, right.seat)
        }
        pools[pool].roster.retire(id)
        changedNetworks.insert(network)
        for place in places { takeBack(place, into: &outbox) }
    }

    private mutating func takeBack(_ place: Pool.Place, into outbox: inout Outbox) {
        guard
            let index = openRequest(place.request)?.seats.firstIndex(where: { $0.id == place.seat })
        else { return }
        rescind(place.request, seat: index, .specialistRetired, because: nil, into: &outbox)
        fill(place.request, seat: index, because: nil, into: &outbox)
    }

    /// Looks again at everything that waits in networks whose roster has changed.
    ///
    /// - Complexity: one decision for each seat that waits there.
    package mutating func reassess(into outbox: inout Outbox) {
        let networks = changedNetworks.sorted()
        changedNetworks.removeAll(keepingCapacity: true)
        for network in networks { reassess(network, into: &outbox) }
    }

    mutating func reassess(_ network: String, into outbox: inout Outbox) {
        guard let pool = poolNumbers[network] else { return }
        for ticket in pools[pool].queue.tickets {
            guard requests[Int(ticket.request)].isQueued,
                openRequest(ticket.request)?.seats[Int(ticket.seat)].isWaiting == true
            else { continue }
            fill(ticket.request, seat: Int(ticket.seat), because: nil, into: &outbox)
        }
    }

    /// At a start: seats of specialists who are gone are rescinded and filled anew.
    ///
    /// - Parameters:
    ///   - directory: Everybody there is; one whose profile can't be read keeps their seats.
    ///   - outbox: Takes what follows.
    package mutating func reconcile(with directory: Directory, into outbox: inout Outbox) {
        for (network, number) in poolNumbers.sorted(by: { $0.key < $1.key }) {
            let pool = pools[number]
            let gone = pool.seats.keys.filter {
                pool.roster[$0] == nil && directory.entries[$0] != .unreadable
            }
            for id in gone.sorted() { retire(id, from: network, into: &outbox) }
        }
    }
}

extension Directory.Networks {
    func contain(_ network: String) -> Bool {
        switch self {
        case .one(let name): name == network
        case .allBut(let name): name != network
        case .all: true
        }
    }
}

extension Seat {
    var isWaiting: Bool {
        if case .waiting = state { true } else { false }
    }
}
