internal import OpinionMatching

// How a seat is filled, or begins to wait.
extension Shard {
    /// Looks for somebody for a seat that is to be filled; a seat that nobody may take waits.
    ///
    /// A seat that was filled meanwhile is left alone; one of a panel that is about to report waits.
    mutating func fill(_ handle: RequestHandle, seat index: Int) {
        guard let open = requests.open(handle), open.seatList[index].isWaiting else { return }
        guard !open.isAboutToReport(policy.panels, at: decidedAt) else {
            cacheNeed(of: handle)
            return enqueue(handle)
        }
        let need = need(of: open, index, handle)
        let decision = decide(need, handle)
        if decision.chosen == nil {
            wait(handle, index, need, decision)
        } else {
            assign(handle, index, need, decision)
            offerInParallel(handle)
        }
    }

    /// Looks for somebody for each seat of a request that is to be filled.
    mutating func fillAll(_ handle: RequestHandle) {
        for index in fillingOrder(of: handle) { fill(handle, seat: index) }
    }

    /// Looks for somebody for a seat that was rescinded, and for the others that wait: the specialist who left it, or
    /// colleagues of theirs, may take one of those now.
    ///
    /// A seat that is still offered to others is offered to one more.
    mutating func refill(_ handle: RequestHandle, seat index: Int) {
        guard !collapseOffers(of: handle) else { return offerInParallel(handle) }
        fill(handle, seat: index)
        guard let open = requests.open(handle), open.seatList.count > 1 else { return }
        fillAll(handle)
    }

    /// Asks the network of a request who would take a seat now.
    mutating func decide(_ need: Need, _ handle: RequestHandle) -> Decision {
        let now = decidedAt
        return withNetwork(of: handle) { network, policy in
            network.roster.decide(need, policy.matching, at: now)
        }
    }

    // MARK: Waiting

    /// Puts a seat into the queue, and announces why, if the reasons have changed since that was last announced.
    private mutating func wait(
        _ handle: RequestHandle,
        _ index: Int,
        _ need: Need,
        _ decision: Decision
    ) {
        guard let seat = requests.open(handle)?.seatList[index] else { return }
        var waiting = Seat.Waiting(
            since: decidedAt,
            rules: decision.excluded.rules,
            isUnmatchable: decision.isUnmatchable
        )
        let before: Seat.Waiting? = if case .waiting(let old) = seat.state { old } else { nil }
        waiting.since = before?.since ?? decidedAt
        guard before != waiting || !requests[handle].isQueued else { return }
        dequeue(handle)
        changeSeat(handle, index) { $0.state = .waiting(waiting) }
        cacheNeed(of: handle)
        enqueue(handle)
        guard before != waiting else { return }
        let kind: AnnouncementKind =
            decision.isUnmatchable
            ? .unmatchable(seat.id, decision.excluded, shortage(need, handle))
            : .waiting(seat.id, decision.excluded)
        announce(kind, of: handle, audit: audit(decision, handle, index))
    }

    private mutating func shortage(_ need: Need, _ handle: RequestHandle) -> Shortage {
        let obstacles = withNetwork(of: handle) { network, policy in
            network.roster.soleObstacles(to: need, policy.matching)
        }
        var missing = need
        if !policy.matching.checksLicences { missing.residence = nil }
        return Shortage(
            obstacles: obstacles,
            missing: missing,
            level: policy.matching.minimumLevel
        )
    }

    /// The decision as it is announced for an audit; nil unless the policy asks for that.
    func audit(_ decision: Decision, _ handle: RequestHandle, _ index: Int) -> Audit? {
        guard policy.matching.verdictsMax > 0, let open = requests.open(handle) else { return nil }
        return Audit(assignment: open.seatList[index].nextAssignment, decision: decision)
    }
}
