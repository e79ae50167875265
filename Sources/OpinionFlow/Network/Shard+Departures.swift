internal import OpinionMatching

// Specialists who have left: their seats are rescinded, unless so many left that the directory itself must be doubted.
extension Shard {
    /// A specialist leaves a network.
    ///
    /// The seats stay for a moment, see ``DepartureTracker``; a second tombstone later on confirms the departure.
    mutating func retire(_ id: Specialist.ID, from network: String) {
        guard let slot = networks.slot(of: network) else { return }
        if networks.list[slot].departures.knows(id) { return confirm(id, in: slot) }
        let isKnown = networks.list[slot].roster[id] != nil
        let isMissed =
            networks.list[slot].seats[id] != nil || networks.list[slot].departures.isUnreadable(id)
        guard isKnown || isMissed else { return }
        let wasActive = networks.list[slot].roster.isActive(id)
        networks.list[slot].retire(id)
        // A specialist whose profile can't be read has left the roster before.
        if isKnown { networks.changed.insert(network) }
        if wasActive || isMissed { recordDeparture(of: id, from: slot) }
        networks.removeIfIdle(slot, named: network, at: decidedAt)
    }

    private mutating func recordDeparture(of id: Specialist.ID, from slot: NetworkTable.Slot) {
        let holdsSeats = networks.list[slot].seats[id] != nil
        networks.list[slot].departures.retire(id, holdsSeats: holdsSeats, at: decidedAt)
        setGone(id, in: slot, since: decidedAt)
    }

    /// Rescinds the kept seats of a specialist, if enough time has passed since the departure.
    private mutating func confirm(_ id: Specialist.ID, in slot: NetworkTable.Slot) {
        guard networks.list[slot].departures.isConfirmed(id, at: decidedAt) else { return }
        rescindAll(of: id, in: slot)
    }

    /// A profile of another network that is sent again confirms the move.
    mutating func confirmMove(of specialist: Specialist) {
        let doubted = networks.slots.filter { network, slot in
            network != specialist.network
                && networks.list[slot].departures.kept[specialist.id] != nil
        }
        for (_, slot) in doubted.sorted(by: { $0.key < $1.key }) {
            confirm(specialist.id, in: slot)
        }
    }

    /// Judges the departures from a network, once it has been quiet for long enough.
    mutating func judgeDepartures(of network: String) {
        guard let slot = networks.slot(of: network),
            let judgedAt = networks.list[slot].departures.judgedAt, judgedAt <= decidedAt
        else { return }
        let isCollapse = networks.list[slot].isCollapsing(at: decidedAt)
        let leaving = networks.list[slot].departures.leaving.sorted { $0.key < $1.key }
        for (id, since) in leaving {
            guard !current.outbox.isFull else { return }
            guard isCollapse else {
                rescindAll(of: id, in: slot)
                continue
            }
            networks.list[slot].departures.keep(id, since: since)
            setGone(id, in: slot, since: since, isKept: true)
        }
    }

    private mutating func rescindAll(of id: Specialist.ID, in slot: NetworkTable.Slot) {
        for place in places(of: id, in: slot) { rescind(place, from: id) }
    }

    private mutating func rescind(_ place: Network.Place, from id: Specialist.ID) {
        guard let index = seatIndex(of: place, heldBy: id) else { return }
        rescind(place.request, seat: index, .specialistRetired)
        refill(place.request, seat: index)
        advanceIfPanel(place.request)
    }

    /// The seats that a specialist holds, in order of the requests' keys: handles differ after a restart.
    private func places(of id: Specialist.ID, in slot: NetworkTable.Slot) -> [Network.Place] {
        (networks.list[slot].seats[id] ?? []).sorted { left, right in
            let (first, second) = (requests[left.request].key, requests[right.request].key)
            return (first, left.seat) < (second, right.seat)
        }
    }

    /// Marks all seats of a specialist: since when the roster no longer knows them, or that it knows them again (nil).
    mutating func setGone(
        _ id: Specialist.ID,
        in slot: NetworkTable.Slot,
        since: Moment?,
        isKept: Bool = false
    ) {
        for place in networks.list[slot].seats[id] ?? [] {
            guard let index = seatIndex(of: place, heldBy: id),
                var holding = requests.open(place.request)?.seatList[index].holding,
                holding.goneSince != since || holding.isKept != isKept
            else { continue }
            holding.goneSince = since
            holding.isKept = isKept
            changeSeat(place.request, index) { $0.state = .held(holding) }
        }
    }

    private func seatIndex(of place: Network.Place, heldBy id: Specialist.ID) -> Int? {
        requests.open(place.request)?.seatList.firstIndex { seat in
            seat.id == place.seat && seat.holding?.specialist == id
        }
    }

    /// Whether any departure is still to be judged; for checks.
    package var hasLeaving: Bool {
        networks.list.indices.contains { networks.list[$0].departures.judgedAt != nil }
    }

    /// At a start: specialists who left while no instance was running count as leaving now.
    ///
    /// - Parameter directory: All specialists; one whose profile can't be read keeps the seats.
    package mutating func reconcile(with directory: Directory) {
        for (_, slot) in networks.slots.sorted(by: { $0.key < $1.key }) {
            for id in networks.list[slot].seats.keys.sorted()
            where networks.list[slot].roster[id] == nil {
                if directory.entries[id] == .unreadable {
                    networks.list[slot].departures.suspend(id)
                } else if !networks.list[slot].departures.knows(id) {
                    recordDeparture(of: id, from: slot)
                }
            }
        }
    }
}
