internal import OpinionMatching

// Specialists who are gone: their seats are taken back, unless so many went that the directory must be
// doubted.
extension Shard {
    /// Takes a tombstone in, or a profile that says another network.
    ///
    /// The seats stay for a moment, see ``Losses``; a second tombstone later on confirms a loss.
    mutating func retire(
        _ id: Specialist.ID,
        from network: String,
        into outbox: inout Outbox
    ) {
        guard let pool = poolNumbers[network] else { return }
        if pools[pool].losses.knows(id) { return confirm(id, in: pool, into: &outbox) }
        let isKnown = pools[pool].roster[id] != nil
        let isMissed = pools[pool].seats[id] != nil || pools[pool].losses.isUnreadable(id)
        guard isKnown || isMissed else { return }
        let wasActive = pools[pool].roster.isActive(id)
        pools[pool].retire(id)
        // One who can't be read has left the roster before.
        if isKnown { changedNetworks.insert(network) }
        if wasActive || isMissed { lose(id, in: pool) }
        forgetIfIdle(pool, network)
    }

    private mutating func lose(_ id: Specialist.ID, in pool: Int) {
        pools[pool].losses.retire(id, holdsSeats: pools[pool].seats[id] != nil, at: decidedAt)
        setGone(id, in: pool, since: decidedAt)
    }

    /// Ends the doubt about one whose seats are kept, if enough time has passed.
    private mutating func confirm(
        _ id: Specialist.ID,
        in pool: Int,
        into outbox: inout Outbox
    ) {
        guard pools[pool].losses.isConfirmed(id, at: decidedAt) else { return }
        takeBackAll(of: id, in: pool, into: &outbox)
    }

    /// A profile of another network that is sent again confirms the move.
    mutating func confirmMove(of specialist: Specialist, into outbox: inout Outbox) {
        let doubted = poolNumbers.filter { network, pool in
            network != specialist.network && pools[pool].losses.kept[specialist.id] != nil
        }
        for (_, pool) in doubted.sorted(by: { $0.key < $1.key }) {
            confirm(specialist.id, in: pool, into: &outbox)
        }
    }

    /// Judges those who are leaving a network, if it has been quiet for long enough.
    mutating func judgeLosses(of network: String, into outbox: inout Outbox) {
        guard let pool = poolNumbers[network], let judgedAt = pools[pool].losses.judgedAt,
            judgedAt <= decidedAt
        else { return }
        let isCollapse = pools[pool].isCollapsing(at: decidedAt)
        let leaving = pools[pool].losses.leaving.sorted { $0.key < $1.key }
        for (id, since) in leaving {
            guard !outbox.isFull else { return }
            guard isCollapse else { takeBackAll(of: id, in: pool, into: &outbox); continue }
            pools[pool].losses.keep(id, since: since)
            setGone(id, in: pool, since: since, isKept: true)
        }
    }

    private mutating func takeBackAll(
        of id: Specialist.ID,
        in pool: Int,
        into outbox: inout Outbox
    ) {
        for place in places(of: id, in: pool) { takeBack(place, from: id, into: &outbox) }
    }

    private mutating func takeBack(
        _ place: Pool.Place,
        from id: Specialist.ID,
        into outbox: inout Outbox
    ) {
        guard let index = seatIndex(of: place, heldBy: id) else { return }
        rescind(place.request, seat: index, .specialistRetired, because: nil, into: &outbox)
        refill(place.request, seat: index, because: nil, into: &outbox)
        lookAgain(panel: place.request, because: nil, into: &outbox)
    }

    /// What a specialist holds, by name: the numbers of requests are another's after a restart.
    private func places(of id: Specialist.ID, in pool: Int) -> [Pool.Place] {
        (pools[pool].seats[id] ?? []).sorted { left, right in
            let (first, second) = (
                requests[Int(left.request)].key, requests[Int(right.request)].key
            )
            return (first, left.seat) < (second, right.seat)
        }
    }

    /// Notes at all seats of a specialist that the roster no longer knows them, or knows them again.
    mutating func setGone(
        _ id: Specialist.ID,
        in pool: Int,
        since: Moment?,
        isKept: Bool = false
    ) {
        for place in pools[pool].seats[id] ?? [] {
            guard let index = seatIndex(of: place, heldBy: id),
                var holding = openRequest(place.request)?.seatList[index].holding,
                holding.goneSince != since || holding.isKept != isKept
            else { continue }
            holding.goneSince = since
            holding.isKept = isKept
            changeSeat(place.request, index) { $0.state = .held(holding) }
        }
    }

    private func seatIndex(of place: Pool.Place, heldBy id: Specialist.ID) -> Int? {
        openRequest(place.request)?.seatList.firstIndex { seat in
            seat.id == place.seat && seat.holding?.specialist == id
        }
    }

    /// At a start: who went while nobody looked is leaving as of now.
    ///
    /// - Parameter directory: Everybody there is; one whose profile can't be read keeps their seats.
    package mutating func reconcile(with directory: Directory) {
        for pool in poolNumbers.sorted(by: { $0.key < $1.key }).map(\.value) {
            for id in pools[pool].seats.keys.sorted() where pools[pool].roster[id] == nil {
                if directory.entries[id] == .unreadable {
                    pools[pool].losses.suspend(id)
                } else if !pools[pool].losses.knows(id) {
                    lose(id, in: pool)
                }
            }
        }
    }

    /// Whether the seats of anybody who is gone are still to be judged.
    package var hasLeaving: Bool { pools.contains { $0.losses.judgedAt != nil } }

    /// Forgets a network in which nobody is and that no request names.
    mutating func forgetIfIdle(_ pool: Int, _ network: String) {
        guard pools[pool].isIdle else { return }
        poolNumbers[network] = nil
        pools[pool] = Pool(at: decidedAt)
        vacantPools.append(pool)
    }
}
