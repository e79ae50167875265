internal import OpinionMatching

// New content for a request that is open.
extension Shard {
    /// New content for an open request: the later `time` wins, whatever the order of arrival.
    mutating func amend(_ event: Event, _ handle: Int32, into outbox: inout Outbox) -> Outcome {
        guard case .amended(let asked) = event.message else {
            preconditionFailure("\(event.message.kind) amends nothing")
        }
        note(event.fingerprint, handle)
        guard requests[Int(handle)].contentTime <= event.time else {
            return .superseded
        }
        let (before, awaited) = (
            openRequest(handle)?.submission, openRequest(handle)?.awaitsRecords
        )
        guard let submission = openRequest(handle)?.asFound(asked) else { return .superseded }
        let isFound = openRequest(handle)?.askedFamily != nil && submission.family == asked.family
        unqueue(handle)
        wantNoMore(handle)
        let now = decidedAt
        change(handle) { request in
            request.takeContent(of: event)
            request.withOpen { open in
                open.amend(to: submission, cause: event.cause, at: now)
                if submission.family == asked.family { open.askedFamily = nil }
            }
        }
        want(handle)
        if let before, awaited == true {
            reconsider(handle, before, asOf: event.time, because: event.cause, into: &outbox)
        } else if isFound || before.map({ $0.asksOtherSeats(than: submission) }) ?? false {
            reseat(handle, because: event.cause, into: &outbox)
        } else {
            replan(handle, because: event.cause, into: &outbox)
        }
        return .applied
    }

    /// After an amendment: who no longer suits gives the seat up; who waits is looked at again.
    private mutating func replan(_ handle: Int32, because cause: Cause, into outbox: inout Outbox) {
        lookAtSeats(handle, because: cause, into: &outbox)
        lookAgain(panel: handle, because: cause, into: &outbox)
    }

    /// Takes seats back from those who no longer suit, and then looks for somebody for those that wait.
    mutating func lookAtSeats(
        _ handle: Int32,
        because cause: Cause,
        into outbox: inout Outbox
    ) {
        var freed: [Specialist.ID] = []
        for index in openRequest(handle)?.seatList.indices ?? (0..<0) {
            // Looked at anew each time: what a seat asks depends on who has the others.
            guard let open = openRequest(handle), let holding = open.seatList[index].holding else {
                continue
            }
            let need = hardNeed(of: open, index, handle)
            if isSuited(holding.specialist, to: need, handle) { continue }
            rescind(handle, seat: index, .amended, because: cause, into: &outbox)
            freed.append(holding.specialist)
        }
        if mergeOffers(of: handle) { offerMore(handle, because: cause, into: &outbox) }
        fillAll(handle, because: cause, into: &outbox)
        offer(freed, in: handle, because: cause, into: &outbox)
    }

    /// One whom the roster doesn't know (whose profile can't be read) keeps the seat.
    private mutating func isSuited(
        _ id: Specialist.ID,
        to need: Need,
        _ handle: Int32
    ) -> Bool {
        withNetwork(of: handle) { network, policy in
            network.roster[id] == nil || network.roster.suits(id, need, policy.matching)
        }
    }
}

extension OpenRequest.Contents {
    /// The content changes; when the patient first asked doesn't.
    mutating func amend(to new: Submission, cause: Cause, at now: Moment) {
        let submittedAt = submission.submittedAt
        submission = new
        submission.submittedAt = submittedAt
        // Due earlier or later, but still in the past: that was told.
        if now < new.due { isToldOverdue = false }
        self.cause = cause
        plan = nil
    }
}

extension OpenRequest {
    /// New content in the light of what the panel has found: an amendment that asks about the same diagnosis as
    /// before doesn't undo another one.
    fileprivate func asFound(_ asked: Submission) -> Submission {
        guard asked.family == askedFamily else { return asked }
        var found = asked
        found.family = submission.family
        return found
    }
}
