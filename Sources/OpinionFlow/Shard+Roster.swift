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
            let wasActive = pools[pool].roster.isActive(id)
            pools[pool].roster.retire(id)
            if wasActive { pools[pool].lose(id, at: decidedAt) }
            changedNetworks.insert(network)
        case .retired(let id, let networks):
            for network in poolNumbers.keys.sorted() where networks.contain(network) {
                retire(id, from: network, into: &outbox)
            }
        }
    }

    /// Takes a profile in without offering anything: for the roster as it stands at a start.
    package mutating func load(_ specialist: Specialist) {
        let pool = pool(of: specialist.network)
        pools[pool].profile(specialist)
        changedNetworks.insert(specialist.network)
        setOrphaned(by: specialist.id, in: pool, false)
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
        let wasActive = pools[pool].roster.isActive(id)
        guard !places.isEmpty || pools[pool].roster[id] != nil else { return }
        pools[pool].roster.retire(id)
        changedNetworks.insert(network)
        if wasActive { pools[pool].lose(id, at: decidedAt) }
        let isKept = wasActive && pools[pool].isCollapsing
        for place in places {
            if isKept { setOrphaned(place, true) } else { takeBack(place, into: &outbox) }
        }
    }

    /// The same for all that a specialist holds.
    private mutating func setOrphaned(by id: Specialist.ID, in pool: Int, _ isOrphaned: Bool) {
        for place in pools[pool].seats[id] ?? [] { setOrphaned(place, isOrphaned) }
    }

    /// Keeps a seat whose specialist is gone, or no longer has to.
    private mutating func setOrphaned(_ place: Pool.Place, _ isOrphaned: Bool) {
        guard let index = seatIndex(of: place),
            var holding = openRequest(place.request)?.seatList[index].holding,
            holding.isOrphaned != isOrphaned
        else { return }
        holding.isOrphaned = isOrphaned
        changeSeat(place.request, index) { $0.state = .held(holding) }
    }

    private func seatIndex(of place: Pool.Place) -> Int? {
        openRequest(place.request)?.seatList.firstIndex { $0.id == place.seat }
    }

    private mutating func takeBack(_ place: Pool.Place, into outbox: inout Outbox) {
        guard let index = seatIndex(of: place) else { return }
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
                openRequest(ticket.request)?.seatList[Int(ticket.seat)].isWaiting == true
            else { continue }
            fill(ticket.request, seat: Int(ticket.seat), because: nil, into: &outbox)
        }
    }

    /// At a start: seats of specialists who are gone are rescinded and filled anew, unless so many
    /// are gone that the directory itself must be doubted.
    ///
    /// - Parameters:
    ///   - directory: Everybody there is; one whose profile can't be read keeps their seats.
    ///   - outbox: Takes what follows.
    package mutating func reconcile(with directory: Directory, into outbox: inout Outbox) {
        for (network, number) in poolNumbers.sorted(by: { $0.key < $1.key }) {
            let pool = pools[number]
            let gone = pool.seats.keys.filter {
                pool.roster[$0] == nil && directory.entries[$0] != .unreadable
                    && !isOrphaned($0, in: pool)
            }.sorted()
            for id in gone { pools[number].lose(id, at: decidedAt) }
            let isKept = pools[number].isCollapsing
            for id in gone where isKept { setOrphaned(by: id, in: number, true) }
            for id in gone where !isKept { retire(id, from: network, into: &outbox) }
        }
    }

    /// Whether all that a specialist holds is kept for them already.
    private func isOrphaned(_ id: Specialist.ID, in pool: Pool) -> Bool {
        (pool.seats[id] ?? []).allSatisfy { place in
            guard let index = seatIndex(of: place) else { return false }
            return openRequest(place.request)?.seatList[index].holding?.isOrphaned == true
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
