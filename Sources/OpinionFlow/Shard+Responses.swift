internal import OpinionMatching

// What the specialists say: accepted, declined, given back, delivered.
extension Shard {
    /// A response to a request that has seats.
    mutating func respond(
        _ event: Event,
        _ handle: Int32,
        into outbox: inout Outbox
    ) -> Outcome {
        guard let answer = event.message.answer,
            let index = openSeat(answer.assignment, of: handle),
            let holding = openRequest(handle)?.seatList[index].holding
        else { return refuse(event, handle) }
        if let said = answer.specialist, said != holding.specialist {
            return .refused(Refusal(.wrongSpecialist, at: "/data/specialistId"))
        }
        note(event.fingerprint, handle)
        perform(event, handle, index, holding, into: &outbox)
        return .applied
    }

    /// A response to no open seat, unless it repeats one that was applied; a directive of a request that has none.
    func refuse(_ event: Event, _ handle: Int32?) -> Outcome {
        guard event.message.kind != .directed else {
            return .refused(Refusal(.notOpen, at: "/data/requestId"))
        }
        let isRepetition = handle.map { handle in
            requests[Int(handle)].fingerprintList.contains {
                $0.content == event.fingerprint.content
            }
        }
        return isRepetition == true
            ? .duplicate : .refused(Refusal(.notOpen, at: "/data/assignmentId"))
    }

    private mutating func perform(
        _ event: Event,
        _ handle: Int32,
        _ index: Int,
        _ holding: Seat.Holding,
        into outbox: inout Outbox
    ) {
        switch event.message {
        case .accepted:
            accept(handle, index)
            let freed = takeBackRivals(handle, of: index, because: event.cause, into: &outbox)
            offer(freed, in: handle, because: event.cause, into: &outbox)
        case .declined(_, let reason):
            if reason == .workload { pause(holding.specialist, because: handle) }
            let isBarred = reason == .conflict
            vacate(handle, index, .declined, isBarred, because: event.cause, into: &outbox)
        case .givenBack:
            vacate(handle, index, .givenBack, true, because: event.cause, into: &outbox)
        case .delivered(_, let opinion):
            deliver(handle, index, opinion, at: event.time)
            let freed = takeBackRivals(handle, of: index, because: event.cause, into: &outbox)
            settle(handle, because: event.cause, into: &outbox)
            offer([holding.specialist] + freed, in: handle, because: event.cause, into: &outbox)
        case .submitted, .amended, .withdrawn, .directed:
            preconditionFailure("\(event.message.kind) is no response")
        }
    }

    private mutating func accept(_ handle: Int32, _ index: Int) {
        let now = decidedAt
        change(handle) { request in
            request.withOpen { open in
                guard var holding = open.seats[index].holding else { return }
                holding.accept(at: now)
                open.seats[index].state = .held(holding)
                open.endWait()
            }
        }
    }

    /// Takes the seat back and looks for somebody else.
    ///
    /// Whoever has a conflict or gave the seat back is not asked again; whoever declined for another
    /// reason only when nobody else can, or a seat would go back and forth between the two, and never for an
    /// optional seat.
    mutating func vacate(
        _ handle: Int32,
        _ index: Int,
        _ reason: RescindReason,
        _ isBarred: Bool,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        guard let holding = openRequest(handle)?.seatList[index].holding else { return }
        let id = holding.specialist
        change(handle) { request in
            request.withOpen {
                if isBarred { $0.barred.append(id) } else { $0.noteReluctant(id) }
                $0.plan = nil
            }
        }
        rescind(handle, seat: index, reason, because: cause, into: &outbox)
        refill(handle, seat: index, because: cause, into: &outbox)
        offer([id], in: handle, because: cause, into: &outbox)
        lookAgain(panel: handle, because: cause, into: &outbox)
    }

    private mutating func deliver(
        _ handle: Int32,
        _ index: Int,
        _ opinion: Opinion,
        at time: Moment
    ) {
        guard let holding = openRequest(handle)?.seatList[index].holding,
            let place = place(handle, index)
        else { return }
        withNetwork(of: handle) { network, _ in network.release(place, by: holding.specialist) }
        change(handle) { request in
            request.withOpen { open in
                open.seats[index].state = .delivered(holding, opinion, at: time)
                open.endWait()
            }
        }
    }

    /// Reports and closes the request when every seat has delivered.
    mutating func settle(
        _ handle: Int32,
        because cause: Cause,
        into outbox: inout Outbox
    ) {
        guard let open = openRequest(handle) else { return }
        if open.submission.kind == .panel {
            advance(panel: handle, because: cause, into: &outbox)
        } else if open.isDelivered {
            report(handle, because: cause, into: &outbox)
        }
    }

    /// Tells what was delivered and closes the request.
    mutating func report(
        _ handle: Int32,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        guard let open = openRequest(handle) else { return }
        announce(.reportReady(open.report(policy)), of: handle, because: cause, into: &outbox)
        conclude(handle, as: .reported)
    }

    /// Where a seat stands that somebody has; nil: nobody has it by that assignment.
    func openSeat(_ assignment: AssignmentID?, of handle: Int32) -> Int? {
        guard let assignment, let open = openRequest(handle) else { return nil }
        return open.seatList.firstIndex { $0.assignment == assignment && $0.holding != nil }
    }
}

extension Message {
    var answer: Answer? {
        switch self {
        case .accepted(let answer), .declined(let answer, _), .givenBack(let answer),
            .delivered(let answer, _):
            answer
        case .submitted, .amended, .withdrawn, .directed: nil
        }
    }
}

extension OpenRequest {
    /// What the delivered seats say together.
    func report(_ policy: Policy) -> Report {
        var entries: [Report.Entry] = []
        var missing: [Seat.ID] = []
        var deliveredAt = Moment.distantPast
        forEachSeat { seat in
            guard case .delivered(let holding, let opinion, let time) = seat.state else {
                return missing.append(seat.id)
            }
            deliveredAt = max(deliveredAt, time)
            entries.append(
                Report.Entry(
                    assignment: seat.assignment,
                    specialist: holding.specialist,
                    discipline: holding.discipline,
                    role: seat.spec?.role ?? .member,
                    opinion: opinion,
                    isOutdated: !counts(seat)
                )
            )
        }
        return Report(
            kind: submission.kind,
            entries: entries,
            missing: missing,
            isQuorumMet: isComplete || deliveredCount >= policy.panels.quorum,
            questions: submission.questions,
            submittedAt: submission.submittedAt,
            recordsAt: recordsAt,
            assignedAt: assignedAt ?? deliveredAt,
            deliveredAt: deliveredAt,
            due: submission.due
        )
    }
}
