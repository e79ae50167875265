internal import OpinionMatching

// What the intake says: submitted, amended, withdrawn.
extension Shard {
    mutating func open(_ event: Event, into outbox: inout Outbox) -> Outcome {
        let submission: Submission
        switch event.message {
        case .submitted(let new), .amended(let new): submission = new
        default: preconditionFailure("\(event.message.kind) opens no request")
        }
        guard submission.kind != .panel else { return .refused(Refusal(.schema, at: "/data/kind")) }
        var request = Request(
            key: event.key,
            phase: .open(
                OpenRequest(
                    submission: submission,
                    cause: event.cause,
                    seats: [Self.seat(at: decidedAt)]
                )
            )
        )
        request.takeContent(of: event)
        let handle = admit(request)
        note(event.mark, handle)
        want(handle)
        fill(handle, seat: 0, because: event.cause, into: &outbox)
        return .applied
    }

    /// The one seat of a request that is no panel.
    private static func seat(at now: Moment) -> Seat {
        let waiting = Seat.Waiting(since: now, rules: RuleSet(), isUnmatchable: false)
        return Seat(id: 1, attempt: 0, state: .waiting(waiting))
    }

    /// A submission of a request that is known.
    mutating func compare(_ event: Event, _ handle: Int32) -> Outcome {
        // First, since it may say just what its amendment says.
        if let outcome = overtaken(event, handle) { return outcome }
        guard requests[Int(handle)].knows(event.mark.content) else {
            return .refused(Refusal(.conflict, at: "/data/requestId"))
        }
        note(event.mark, handle)
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
        note(event.mark, handle)
        change(handle) { request in
            request.submissionContent = event.mark.content
            if case .open = request.phase {
                request.withOpen { $0.submission.submittedAt = event.time }
            }
        }
        return .superseded
    }

    /// New content for an open request: the later `time` wins, whatever the order of arrival.
    mutating func amend(_ event: Event, _ handle: Int32, into outbox: inout Outbox) -> Outcome {
        guard case .amended(let submission) = event.message else {
            preconditionFailure("\(event.message.kind) amends nothing")
        }
        guard submission.kind != .panel else { return .refused(Refusal(.schema, at: "/data/kind")) }
        note(event.mark, handle)
        guard requests[Int(handle)].contentTime <= event.time else {
            return .superseded
        }
        unqueue(handle)
        wantNoMore(handle)
        change(handle) { request in
            request.takeContent(of: event)
            request.withOpen { $0.amend(to: submission, cause: event.cause) }
        }
        want(handle)
        replan(handle, because: event.cause, into: &outbox)
        return .applied
    }

    /// After an amendment: who no longer suits gives the seat up; who waits is looked at again.
    private mutating func replan(_ handle: Int32, because cause: Cause, into outbox: inout Outbox) {
        guard let open = openRequest(handle) else { return }
        for (index, seat) in open.seats.enumerated() {
            if let holding = seat.holding {
                let need = need(of: open, index, handle)
                if isSuited(holding.specialist, to: need, handle) { continue }
                rescind(handle, seat: index, .amended, because: cause, into: &outbox)
                fill(handle, seat: index, because: cause, into: &outbox)
                offer([holding.specialist], in: handle, because: cause, into: &outbox)
            } else if !seat.isDelivered {
                fill(handle, seat: index, because: cause, into: &outbox)
            }
        }
    }

    /// One whom the roster doesn't know (whose profile can't be read) keeps the seat.
    private mutating func isSuited(
        _ id: Specialist.ID,
        to need: Need,
        _ handle: Int32
    ) -> Bool {
        withPool(of: handle) { pool, policy in
            pool.roster[id] == nil || pool.roster.suits(id, need, policy.matching)
        }
    }

    mutating func close(_ event: Event, _ handle: Int32, into outbox: inout Outbox) -> Outcome {
        note(event.mark, handle)
        unqueue(handle)
        let freed = rescindAll(handle, .requestWithdrawn, because: event.cause, into: &outbox)
        announce(.closed(.withdrawn), of: handle, because: event.cause, into: &outbox)
        conclude(handle, as: .withdrawn)
        offer(freed, in: handle, because: event.cause, into: &outbox)
        return .applied
    }

    /// A withdrawal that overtook its submission.
    mutating func foreclose(_ event: Event, into outbox: inout Outbox) -> Outcome {
        let closure = Request.Closure(kind: .foreclosed, at: decidedAt)
        let handle = admit(Request(key: event.key, phase: .closed(closure)))
        note(event.mark, handle)
        retention.append(handle, event.key, closedAt: decidedAt)
        announce(.closed(.withdrawn), of: handle, because: event.cause, into: &outbox)
        return .applied
    }

    /// The submission that a withdrawal overtook.
    mutating func stayWithdrawn(_ event: Event, _ handle: Int32) -> Outcome {
        note(event.mark, handle)
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
        case .amended: amendmentContent = event.mark.content
        default: submissionContent = event.mark.content
        }
        contentTime = event.time
    }

    mutating func withOpen(_ body: (inout OpenRequest.Contents) -> Void) {
        guard case .open(var open) = phase else {
            preconditionFailure("a closed request is changed as if it were open")
        }
        // The only reference now, so that it is changed where it lies.
        phase = .closed(Closure(kind: .foreclosed, at: .distantPast))
        open.change(body)
        phase = .open(open)
    }
}

extension OpenRequest.Contents {
    /// The content changes; when the patient first asked doesn't.
    mutating func amend(to new: Submission, cause: Cause) {
        let submittedAt = submission.submittedAt
        submission = new
        submission.submittedAt = submittedAt
        self.cause = cause
        plan = nil
    }
}
