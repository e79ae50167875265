internal import OpinionMatching

// New content for a request that is open.
extension Shard {
    /// Applies an amendment: the later `time` wins, whatever the order of arrival.
    mutating func amend(_ event: Event, _ handle: RequestHandle) -> Outcome {
        guard case .amended(let asked) = event.message else {
            preconditionFailure("\(event.message.kind) amends nothing")
        }
        remember(event.fingerprint, handle)
        guard requests[handle].contentTime <= event.time, let before = requests.open(handle) else {
            return .superseded
        }
        let submission = before.keepingFoundFamily(in: asked)
        let keepsFoundFamily = before.askedFamily != nil && submission.family == asked.family
        let (old, awaited) = (before.submission, before.awaitsRecords)
        replaceContent(of: handle, by: submission, event, asked.family)
        if awaited {
            recheckRecords(of: handle, old, asOf: event.time)
        } else if keepsFoundFamily || old.asksOtherSeats(than: submission) {
            replanSeats(of: handle)
        } else {
            recheckSeats(of: handle)
            advanceIfPanel(handle)
        }
        return .applied
    }

    private mutating func replaceContent(
        of handle: RequestHandle,
        by submission: Submission,
        _ event: Event,
        _ askedFamily: CancerFamily
    ) {
        dequeue(handle)
        removeDemand(of: handle)
        let now = decidedAt
        change(handle) { request in
            request.recordContent(of: event)
            request.withOpen { open in
                open.amend(to: submission, cause: event.cause, at: now)
                if submission.family == askedFamily { open.askedFamily = nil }
            }
        }
        addDemand(of: handle)
    }

    /// Rescinds the seats of specialists who no longer suit, then looks for somebody for those that wait.
    mutating func recheckSeats(of handle: RequestHandle) {
        var freed: [Specialist.ID] = []
        for index in requests.open(handle)?.seatList.indices ?? (0..<0) {
            // Looked at anew each time: what a seat asks depends on who has the others.
            guard let open = requests.open(handle), let holding = open.seatList[index].holding
            else {
                continue
            }
            let need = hardNeed(of: open, index, handle)
            if isSuited(holding.specialist, to: need, handle) { continue }
            rescind(handle, seat: index, .amended)
            freed.append(holding.specialist)
        }
        if collapseOffers(of: handle) { offerInParallel(handle) }
        fillAll(handle)
        serveWaiting(with: freed, inNetworkOf: handle)
    }

    /// A specialist whom the roster doesn't know (whose profile can't be read) keeps the seat.
    private mutating func isSuited(
        _ id: Specialist.ID,
        to need: Need,
        _ handle: RequestHandle
    ) -> Bool {
        withNetwork(of: handle) { network, policy in
            network.roster[id] == nil || network.roster.suits(id, need, policy.matching)
        }
    }
}
