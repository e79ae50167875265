internal import OpinionMatching

// What the intake says: a request is submitted or withdrawn, in whatever order that arrives.
extension Shard {
    /// Opens a request.
    mutating func open(_ event: Event) -> Outcome {
        guard let submission = event.message.submission else {
            preconditionFailure("\(event.message.kind) opens no request")
        }
        let awaitsRecords = !policy.records.missing(in: submission).isEmpty
        let hasSeat = submission.kind != .panel && !awaitsRecords
        let handle = insert(request(submission, event, hasSeat: hasSeat, awaitsRecords))
        remember(event.fingerprint, handle)
        addDemand(of: handle)
        if policy.hasExpired(submission, by: decidedAt) {
            // It came too late: a specialist who got a seat now would lose it at once.
            end(handle, as: .expired)
        } else if awaitsRecords {
            openSeats(of: handle, asOf: event.time)
        } else {
            if !hasSeat { addSeats(for: firstSpecs(of: handle), to: handle) }
            fillAll(handle)
        }
        return .applied
    }

    private func request(
        _ submission: Submission,
        _ event: Event,
        hasSeat: Bool,
        _ awaitsRecords: Bool
    ) -> Request {
        let wait = Seat.Waiting(since: decidedAt)
        let open = OpenRequest(
            submission: submission,
            cause: event.cause,
            seats: hasSeat ? [Seat(id: 1, attempt: 0, state: .waiting(wait))] : [],
            awaitsRecords: awaitsRecords
        )
        var request = Request(key: event.key, phase: .open(open))
        request.recordContent(of: event)
        return request
    }

    /// A submission of a request that is known.
    mutating func compare(_ event: Event, _ handle: RequestHandle) -> Outcome {
        // First, since it may say just what its amendment says.
        if requests[handle].wasOvertaken(event) {
            remember(event.fingerprint, handle)
            change(handle) { $0.recordOvertaken(event) }
            if requests[handle].isQueued { cacheNeed(of: handle) }
            return .superseded
        }
        guard requests[handle].knows(event.fingerprint.content) else {
            return .refused(Refusal(.conflict, at: "/data/requestId"))
        }
        remember(event.fingerprint, handle)
        return .duplicate
    }

    /// A withdrawal of an open request.
    mutating func withdraw(_ event: Event, _ handle: RequestHandle) -> Outcome {
        remember(event.fingerprint, handle)
        end(handle, as: .withdrawn)
        return .applied
    }

    /// Rescinds all seats and closes the request without a report.
    mutating func end(_ handle: RequestHandle, as reason: CloseReason) {
        dequeue(handle)
        let freed = rescindAll(handle, reason == .withdrawn ? .requestWithdrawn : .expired)
        announce(.closed(reason), of: handle)
        close(handle, as: reason == .withdrawn ? .withdrawn : .expired)
        serveWaiting(with: freed, inNetworkOf: handle)
    }

    /// Closes a request and remembers it until its retention ends.
    mutating func close(_ handle: RequestHandle, as kind: Request.Closure.Kind) {
        let now = decidedAt
        let closure = change(handle) { $0.close(as: kind, at: now) }
        retain(handle, closure)
    }

    /// A withdrawal that has overtaken its submission.
    mutating func foreclose(_ event: Event) -> Outcome {
        let closure = Request.Closure(kind: .foreclosed, at: decidedAt)
        let handle = insert(Request(key: event.key, phase: .closed(closure)))
        remember(event.fingerprint, handle)
        retain(handle, closure)
        announce(.closed(.withdrawn), of: handle)
        return .applied
    }

    /// The submission that a withdrawal has overtaken.
    mutating func stayWithdrawn(_ event: Event, _ handle: RequestHandle) -> Outcome {
        remember(event.fingerprint, handle)
        change(handle) { $0.recordForeclosed(event) }
        return .superseded
    }
}
