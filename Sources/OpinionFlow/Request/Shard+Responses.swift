internal import OpinionMatching

// What specialists say: they accept, decline, give back, deliver.
extension Shard {
    /// A response to a request that has seats.
    mutating func respond(_ event: Event, _ handle: RequestHandle) -> Outcome {
        guard let answer = event.message.answer,
            let index = requests.open(handle)?.heldSeat(answer.assignment),
            let holding = requests.open(handle)?.seatList[index].holding
        else { return refuse(event, handle) }
        if let said = answer.specialist, said != holding.specialist {
            return .refused(Refusal(.wrongSpecialist, at: "/data/specialistId"))
        }
        remember(event.fingerprint, handle)
        apply(event, handle, index, holding)
        return .applied
    }

    /// Refuses a response to a seat that nobody holds, unless it repeats one that was applied, and a directive to a
    /// request that has no seats.
    func refuse(_ event: Event, _ handle: RequestHandle?) -> Outcome {
        guard event.message.kind != .directed else {
            return .refused(Refusal(.notOpen, at: "/data/requestId"))
        }
        let isRepetition = handle.map { handle in
            requests[handle].fingerprintList.contains { $0.content == event.fingerprint.content }
        }
        return isRepetition == true
            ? .duplicate : .refused(Refusal(.notOpen, at: "/data/assignmentId"))
    }

    private mutating func apply(
        _ event: Event,
        _ handle: RequestHandle,
        _ index: Int,
        _ holding: Seat.Holding
    ) {
        switch event.message {
        case .accepted: accept(handle, index)
        case .declined(_, let reason):
            let consequence = reason.consequence
            if consequence == .pauses { pause(holding.specialist, of: handle) }
            vacate(handle, index, .declined, isBarred: consequence == .bars)
        case .givenBack: vacate(handle, index, .givenBack, isBarred: true)
        case .delivered(_, let opinion):
            deliver(handle, index, opinion, from: holding.specialist, at: event.time)
        default:
            preconditionFailure("\(event.message.kind) is no response")
        }
    }

    private mutating func accept(_ handle: RequestHandle, _ index: Int) {
        let now = decidedAt
        changeOpen(handle) { $0.accept(index, at: now) }
        let freed = rescindOtherOffers(handle, of: index)
        serveWaiting(with: freed, inNetworkOf: handle)
    }

    private mutating func deliver(
        _ handle: RequestHandle,
        _ index: Int,
        _ opinion: Opinion,
        from id: Specialist.ID,
        at time: Moment
    ) {
        releaseUnits(handle, index)
        changeOpen(handle) { $0.deliver(index, opinion, at: time) }
        let freed = rescindOtherOffers(handle, of: index)
        reportIfComplete(handle)
        serveWaiting(with: [id] + freed, inNetworkOf: handle)
    }

    /// Rescinds a seat and looks for somebody else.
    ///
    /// A specialist with a conflict, or who gave the seat back, is barred and not asked again. One who declined for
    /// another reason is asked again only when nobody else can, or the seat would go back and forth between the two;
    /// and never for an optional seat.
    mutating func vacate(
        _ handle: RequestHandle,
        _ index: Int,
        _ reason: RescindReason,
        isBarred: Bool
    ) {
        guard let id = requests.open(handle)?.seatList[index].holding?.specialist else { return }
        changeOpen(handle) { $0.decline(id, isBarred: isBarred) }
        rescind(handle, seat: index, reason)
        refill(handle, seat: index)
        serveWaiting(with: [id], inNetworkOf: handle)
        advanceIfPanel(handle)
    }

    /// Reports and closes the request when every seat has delivered.
    private mutating func reportIfComplete(_ handle: RequestHandle) {
        guard let open = requests.open(handle) else { return }
        if open.submission.kind == .panel {
            advance(panel: handle)
        } else if open.isDelivered {
            report(handle)
        }
    }

    /// Announces the report and closes the request.
    mutating func report(_ handle: RequestHandle) {
        guard let open = requests.open(handle) else { return }
        announce(.reportReady(open.report(policy)), of: handle)
        close(handle, as: .reported)
    }
}
