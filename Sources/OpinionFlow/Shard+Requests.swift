internal import OpinionMatching

// What the intake says: submitted, withdrawn; amended is next door.
extension Shard {
    mutating func open(_ event: Event, into outbox: inout Outbox) -> Outcome {
        let submission: Submission
        switch event.message {
        case .submitted(let new), .amended(let new): submission = new
        default: preconditionFailure("\(event.message.kind) opens no request")
        }
        let awaitsRecords = !policy.records.missing(in: submission).isEmpty
        let hasSeat = submission.kind != .panel && !awaitsRecords
        let wait = Seat.Waiting(since: decidedAt)
        let open = OpenRequest(
            submission: submission,
            cause: event.cause,
            seats: hasSeat ? [Seat(id: 1, attempt: 0, state: .waiting(wait))] : [],
            awaitsRecords: awaitsRecords
        )
        var request = Request(key: event.key, phase: .open(open))
        request.takeContent(of: event)
        let handle = admit(request)
        note(event.fingerprint, handle)
        want(handle)
        if policy.hasExpired(submission, by: decidedAt) {
            // It came too late: whoever got a seat now would lose it at once.
            end(handle, as: .expired, because: event.cause, into: &outbox)
        } else if awaitsRecords {
            begin(handle, asOf: event.time, because: event.cause, into: &outbox)
        } else {
            if !hasSeat { addSeats(for: firstSpecs(of: handle), to: handle) }
            fillAll(handle, because: event.cause, into: &outbox)
        }
        return .applied
    }

    /// Looks for somebody for a seat that was taken back, and for the others that wait: whoever left it, or
    /// works where they do, may take one of those now.
    ///
    /// A seat of which others are still asked is offered to one more.
    mutating func refill(
        _ handle: Int32,
        seat index: Int,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        guard !mergeOffers(of: handle) else {
            return offerMore(handle, because: cause, into: &outbox)
        }
        fill(handle, seat: index, because: cause, into: &outbox)
        guard let open = openRequest(handle), open.seatList.count > 1 else { return }
        fillAll(handle, because: cause, into: &outbox)
    }

    /// Looks for somebody for each seat that is to be filled.
    mutating func fillAll(
        _ handle: Int32,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        for index in fillingOrder(of: handle) {
            fill(handle, seat: index, because: cause, into: &outbox)
        }
    }

    /// A submission of a request that is known.
    mutating func compare(_ event: Event, _ handle: Int32) -> Outcome {
        // First, since it may say just what its amendment says.
        if let outcome = overtaken(event, handle) { return outcome }
        guard requests[Int(handle)].knows(event.fingerprint.content) else {
            return .refused(Refusal(.conflict, at: "/data/requestId"))
        }
        note(event.fingerprint, handle)
        return .duplicate
    }

    /// Takes in the submission that its own amendment overtook.
    ///
    /// The amendment stays in force, but the patient has waited since the submission.
    /// - Returns: nil when it is no such one.
    private mutating func overtaken(_ event: Event, _ handle: Int32) -> Outcome? {
        let request = requests[Int(handle)]
        guard request.submissionContent == nil, event.time <= request.contentTime else {
            return nil
        }
        note(event.fingerprint, handle)
        change(handle) { request in
            request.submissionContent = event.fingerprint.content
            if case .open = request.phase {
                request.withOpen {
                    $0.submission.submittedAt = event.time
                    $0.plan = nil
                }
            }
        }
        if requests[Int(handle)].isQueued { draft(handle) }
        return .superseded
    }

    mutating func close(_ event: Event, _ handle: Int32, into outbox: inout Outbox) -> Outcome {
        note(event.fingerprint, handle)
        end(handle, as: .withdrawn, because: event.cause, into: &outbox)
        return .applied
    }

    /// Takes all seats back and closes the request without a report.
    mutating func end(
        _ handle: Int32,
        as reason: CloseReason,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        unqueue(handle)
        let taken: RescindReason = reason == .withdrawn ? .requestWithdrawn : .expired
        let freed = rescindAll(handle, taken, because: cause, into: &outbox)
        announce(.closed(reason), of: handle, because: cause, into: &outbox)
        conclude(handle, as: reason == .withdrawn ? .withdrawn : .expired)
        offer(freed, in: handle, because: cause, into: &outbox)
    }

    /// A withdrawal that overtook its submission.
    mutating func foreclose(_ event: Event, into outbox: inout Outbox) -> Outcome {
        let closure = Request.Closure(kind: .foreclosed, at: decidedAt)
        let handle = admit(Request(key: event.key, phase: .closed(closure)))
        note(event.fingerprint, handle)
        retention.append(handle, event.key, closedAt: decidedAt)
        announce(.closed(.withdrawn), of: handle, because: event.cause, into: &outbox)
        return .applied
    }

    /// The submission that a withdrawal overtook.
    mutating func stayWithdrawn(_ event: Event, _ handle: Int32) -> Outcome {
        note(event.fingerprint, handle)
        change(handle) { request in
            request.takeContent(of: event)
            guard case .closed(var closure) = request.phase else { return }
            closure.kind = .withdrawn
            request.phase = .closed(closure)
        }
        return .superseded
    }
}

extension Request {
    /// Remembers what was submitted or amended, to tell a repetition from a conflict.
    mutating func takeContent(of event: Event) {
        switch event.message.kind {
        case .amended: amendmentContent = event.fingerprint.content
        default: submissionContent = event.fingerprint.content
        }
        contentTime = event.time
    }

    mutating func withOpen(_ body: (inout OpenRequest.Contents) -> Void) {
        guard case .open(var open) = phase else {
            preconditionFailure("a closed request is changed as if it were open")
        }
        // The only reference now, so that it is changed where it lies.
        phase = Self.vacant.phase
        open.change(body)
        phase = .open(open)
    }
}
