internal import OpinionMatching

// Specialists who are gone: their seats are taken back, unless so many went that the directory must be
// doubted.
extension Shard {
    /// Takes a tombstone in, or a profile that says another network.
    ///
    /// The seats stay for a moment, see ``DepartureTracker``; a second tombstone later on confirms a loss.
    mutating func retire(
        _ id: Specialist.ID,
        from network: String,
        into outbox: inout Outbox
    ) {
        guard let slot = networkSlots[network] else { return }
        if networks[slot].departures.knows(id) { return confirm(id, in: slot, into: &outbox) }
        let isKnown = networks[slot].roster[id] != nil
        let isMissed = networks[slot].seats[id] != nil || networks[slot].departures.isUnreadable(id)
        guard isKnown || isMissed else { return }
        let wasActive = networks[slot].roster.isActive(id)
        networks[slot].retire(id)
        // One who can't be read has left the roster before.
        if isKnown { changedNetworks.insert(network) }
        if wasActive || isMissed { lose(id, in: slot) }
        forgetIfIdle(slot, network)
    }

    private mutating func lose(_ id: Specialist.ID, in slot: Int) {
        networks[slot].departures.retire(
            id,
            holdsSeats: networks[slot].seats[id] != nil,
            at: decidedAt
        )
        setGone(id, in: slot, since: decidedAt)
    }

    /// Ends the doubt about one whose seats are kept, if enough time has passed.
    private mutating func confirm(
        _ id: Specialist.ID,
        in slot: Int,
        into outbox: inout Outbox
    ) {
        guard networks[slot].departures.isConfirmed(id, at: decidedAt) else { return }
        takeBackAll(of: id, in: slot, into: &outbox)
    }

    /// A profile of another network that is sent again confirms the move.
    mutating func confirmMove(of specialist: Specialist, into outbox: inout Outbox) {
        let doubted = networkSlots.filter { network, slot in
            network != specialist.network && networks[slot].departures.kept[specialist.id] != nil
        }
        for (_, slot) in doubted.sorted(by: { $0.key < $1.key }) {
            confirm(specialist.id, in: slot, into: &outbox)
        }
    }

    /// Judges those who are leaving a network, if it has been quiet for long enough.
    mutating func judgeLosses(of network: String, into outbox: inout Outbox) {
        guard let slot = networkSlots[network], let judgedAt = networks[slot].departures.judgedAt,
            judgedAt <= decidedAt
        else { return }
        let isCollapse = networks[slot].isCollapsing(at: decidedAt)
        let leaving = networks[slot].departures.leaving.sorted { $0.key < $1.key }
        for (id, since) in leaving {
            guard !outbox.isFull else { return }
            guard isCollapse else { takeBackAll(of: id, in: slot, into: &outbox); continue }
            networks[slot].departures.keep(id, since: since)
            setGone(id, in: slot, since: since, isKept: true)
        }
    }

    private mutating func takeBackAll(
        of id: Specialist.ID,
        in slot: Int,
        into outbox: inout Outbox
    ) {
        for place in places(of: id, in: slot) { takeBack(place, from: id, into: &outbox) }
    }

    private mutating func takeBack(
        _ place: Network.Place,
        from id: Specialist.ID,
        into outbox: inout Outbox
    ) {
        guard let index = seatIndex(of: place, heldBy: id) else { return }
        rescind(place.request, seat: index, .specialistRetired, because: nil, into: &outbox)
        refill(place.request, seat: index, because: nil, into: &outbox)
        lookAgain(panel: place.request, because: nil, into: &outbox)
    }

    /// What a specialist holds, by name: the numbers of requests are another's after a restart.
    private func places(of id: Specialist.ID, in slot: Int) -> [Network.Place] {
        (networks[slot].seats[id] ?? []).sorted { left, right in
            let (first, second) = (
                requests[Int(left.request)].key, requests[Int(right.request)].key
            )
            return (first, left.seat) < (second, right.seat)
        }
    }

    /// Notes at all seats of a specialist that the roster no longer knows them, or knows them again.
    mutating func setGone(
        _ id: Specialist.ID,
        in slot: Int,
        since: Moment?,
        isKept: Bool = false
    ) {
        for place in networks[slot].seats[id] ?? [] {
            guard let index = seatIndex(of: place, heldBy: id),
                var holding = openRequest(place.request)?.seatList[index].holding,
                holding.goneSince != since || holding.isKept != isKept
            else { continue }
            holding.goneSince = since
            holding.isKept = isKept
            changeSeat(place.request, index) { $0.state = .held(holding) }
        }
    }

    private func seatIndex(of place: Network.Place, heldBy id: Specialist.ID) -> Int? {
        openRequest(place.request)?.seatList.firstIndex { seat in
            seat.id == place.seat && seat.holding?.specialist == id
        }
    }

    /// At a start: who went while nobody looked is leaving as of now.
    ///
    /// - Parameter directory: Everybody there is; one whose profile can't be read keeps their seats.
    package mutating func reconcile(with directory: Directory) {
        for slot in networkSlots.sorted(by: { $0.key < $1.key }).map(\.value) {
            for id in networks[slot].seats.keys.sorted() where networks[slot].roster[id] == nil {
                if directory.entries[id] == .unreadable {
                    networks[slot].departures.suspend(id)
                } else if !networks[slot].departures.knows(id) {
                    lose(id, in: slot)
                }
            }
        }
    }

    /// Whether the seats of anybody who is gone are still to be judged.
    package var hasLeaving: Bool { networks.contains { $0.departures.judgedAt != nil } }

    /// Forgets a network in which nobody is and that no request names.
    mutating func forgetIfIdle(_ slot: Int, _ network: String) {
        guard networks[slot].isIdle else { return }
        networkSlots[network] = nil
        networks[slot] = Network(at: decidedAt)
        vacantNetworks.append(slot)
    }
}
