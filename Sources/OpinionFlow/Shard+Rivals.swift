internal import OpinionMatching

// A seat that is offered to several at once: whoever accepts first has it.
//
// Each offer stands in the list of seats, with the seat's id and an attempt of its own. None of them waits: when the last
// is taken back the one seat does. A panel's seats are offered to one after the other, since who has one decides
// who may have the others.
extension Shard {
    /// Offers a seat that somebody has been asked for to others as well, as many as the policy says.
    ///
    /// Ends at the first who needn't be asked: whoever is given the seat would make the offers void; and at the
    /// first who could serve somebody who waits and for whom nobody is asked yet. Whoever declined isn't
    /// asked again while others still think about it.
    /// - Complexity: one decision an offer, and a question to each seat that waits; nothing where one is asked at a time.
    mutating func offerMore(
        _ handle: Int32,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        guard policy.offersAtOnce > 1 else { return }
        while let (index, need, decision) = nextOffer(of: handle) {
            addOffer(to: handle)
            assign(handle, index, need, decision, because: cause, into: &outbox)
        }
    }

    private mutating func nextOffer(of handle: Int32) -> (Int, Need, Decision)? {
        guard let open = openRequest(handle), open.isOffered,
            open.seatList.count < policy.offersAtOnce
        else { return nil }
        var need = need(of: open, handle)
        need.excluded += open.seats.compactMap(\.occupant) + open.reluctant
        let decision = decide(need, handle)
        guard let id = decision.chosen, acceptBy(id, handle) != nil,
            firstServed(by: id, in: requests[Int(handle)].network, .unit) == nil
        else { return nil }
        return (open.seatList.count, need, decision)
    }

    private mutating func addOffer(to handle: Int32) {
        let now = decidedAt
        change(handle) { request in
            request.withOpen { open in
                let (first, last) = (open.seats[0], open.lastAttempt)
                let waiting = Seat.Waiting(since: first.waitsSince ?? now)
                // From now on the new one knows which attempt was the last.
                open.seats[0].lastAttempt = first.attempt
                open.seats.append(Seat(id: first.id, attempt: last, state: .waiting(waiting)))
            }
        }
    }

    /// Takes a seat back from all others who were asked for it.
    ///
    /// - Returns: Who they are.
    mutating func takeBackRivals(
        _ handle: Int32,
        of index: Int,
        _ reason: RescindReason = .acceptedElsewhere,
        because cause: Cause?,
        into outbox: inout Outbox
    ) -> [Specialist.ID] {
        guard let open = openRequest(handle), open.hasRivals else { return [] }
        let others = open.seatList.indices.filter { $0 != index }
        for other in others {
            rescind(handle, seat: other, reason, because: cause, into: &outbox)
        }
        _ = mergeOffers(of: handle)
        return others.compactMap { open.seatList[$0].occupant }
    }

    /// Removes the offers that were taken back, but for one if there is no other: that seat waits.
    ///
    /// - Returns: Whether somebody is still asked.
    mutating func mergeOffers(of handle: Int32) -> Bool {
        guard let open = openRequest(handle), open.hasRivals else { return false }
        change(handle) { request in request.withOpen { $0.mergeOffers() } }
        return openRequest(handle)?.isOffered ?? false
    }
}

extension OpenRequest {
    /// Whether its only seat is offered to somebody, or to several, and nobody has accepted.
    fileprivate var isOffered: Bool {
        !seatList.contains { $0.spec != nil || $0.holding?.acceptBy == nil }
    }

    /// Whether its only seat was offered to several at once.
    fileprivate var hasRivals: Bool {
        seatList.count > 1 && !seatList.contains { $0.spec != nil }
    }
}

extension OpenRequest.Contents {
    fileprivate var lastAttempt: Int {
        var last = 0
        seats.forEach { last = max(last, $0.lastAttempt) }
        return last
    }

    fileprivate mutating func mergeOffers() {
        let last = lastAttempt
        var left = seats.array.filter { !$0.isWaiting }
        if left.isEmpty { left = [seats[0]] }
        if !left.contains(where: { $0.attempt == last }) { left[0].lastAttempt = last }
        seats = SmallList(left)
        endWait()
    }
}
