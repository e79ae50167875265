internal import OpinionMatching

// A seat that is offered to several specialists at once: the first who accepts has it.
//
// Each offer is an entry of its own in the list of seats, with the seat's id and its own attempt. While any offer
// stands the seat doesn't wait; when the last is rescinded it does. A panel's seats are offered to one specialist after
// the other, since who has one decides who may have the others.
extension Shard {
    /// Offers an already offered seat to further specialists, up to ``Policy/offersAtOnce``.
    ///
    /// Stops at the first specialist who would be given the seat without being asked, since that would end the offers;
    /// and at the first who could serve another seat that waits and is offered to nobody. Specialists who declined are
    /// not asked again while others still think about it.
    /// - Complexity: one decision an offer, and a question to each seat that waits; nothing where one is asked at a time.
    mutating func offerInParallel(_ handle: RequestHandle) {
        guard policy.offersAtOnce > 1 else { return }
        while let (index, need, decision) = nextOffer(of: handle) {
            let now = decidedAt
            changeOpen(handle) { $0.addOffer(at: now) }
            assign(handle, index, need, decision)
        }
    }

    private mutating func nextOffer(of handle: RequestHandle) -> (Int, Need, Decision)? {
        guard let open = requests.open(handle), open.isOffered,
            open.seatList.count < policy.offersAtOnce
        else { return nil }
        var need = need(of: open, handle)
        need.excluded += open.seats.compactMap(\.occupant) + open.reluctant
        let decision = decide(need, handle)
        guard let id = decision.chosen, let terms = terms(of: decision, for: need, handle),
            acceptBy(terms, handle) != nil,
            firstServed(by: id, in: requests[handle].network, .unit) == nil
        else { return nil }
        return (open.seatList.count, need, decision)
    }

    /// Rescinds a seat from all others to whom it is offered.
    ///
    /// - Returns: Who they are.
    mutating func rescindOtherOffers(
        _ handle: RequestHandle,
        of index: Int,
        _ reason: RescindReason = .acceptedElsewhere
    ) -> [Specialist.ID] {
        guard let open = requests.open(handle), open.hasParallelOffers else { return [] }
        let others = open.seatList.indices.filter { $0 != index }
        for other in others { rescind(handle, seat: other, reason) }
        _ = collapseOffers(of: handle)
        return others.compactMap { open.seatList[$0].occupant }
    }

    /// Removes the offers that were rescinded; if none is left, one entry stays, and the seat waits.
    ///
    /// - Returns: Whether the seat is still offered to somebody.
    mutating func collapseOffers(of handle: RequestHandle) -> Bool {
        guard let open = requests.open(handle), open.hasParallelOffers else { return false }
        changeOpen(handle) { $0.collapseOffers() }
        return requests.open(handle)?.isOffered ?? false
    }
}

extension OpenRequest {
    /// Whether its only seat is offered to one specialist or more, and nobody has accepted.
    fileprivate var isOffered: Bool {
        !seatList.contains { $0.spec != nil || $0.holding?.acceptBy == nil }
    }

    /// Whether its only seat was offered to several at once.
    fileprivate var hasParallelOffers: Bool {
        seatList.count > 1 && !seatList.contains { $0.spec != nil }
    }
}

extension OpenRequest.Contents {
    fileprivate var lastAttempt: Int {
        var last = 0
        seats.forEach { last = max(last, $0.lastAttempt) }
        return last
    }

    /// Adds an entry for one more offer of the only seat.
    fileprivate mutating func addOffer(at now: Moment) {
        let (first, last) = (seats[0], lastAttempt)
        let waiting = Seat.Waiting(since: first.waitsSince ?? now)
        // From now on the new entry knows which attempt was the last.
        seats[0].lastAttempt = first.attempt
        seats.append(Seat(id: first.id, attempt: last, state: .waiting(waiting)))
    }

    fileprivate mutating func collapseOffers() {
        let last = lastAttempt
        var left = seats.array.filter { !$0.isWaiting }
        if left.isEmpty { left = [seats[0]] }
        if !left.contains(where: { $0.attempt == last }) { left[0].lastAttempt = last }
        seats = SmallList(left)
        endWait()
    }
}
