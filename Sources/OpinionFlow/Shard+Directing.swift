internal import OpinionMatching

// What an operator says: a seat goes to a named specialist.
extension Shard {
    /// Gives a seat to whom a directive names, if that breaks no hard rule.
    ///
    /// Whoever has the seat already keeps it, given or offered as it is.
    mutating func direct(_ event: Event, _ handle: Int32, into outbox: inout Outbox) -> Outcome {
        guard case .directed(let directive) = event.message, let open = openRequest(handle) else {
            preconditionFailure("\(event.message.kind) directs nothing")
        }
        guard !requests[Int(handle)].hasApplied(event.mark.content) else {
            note(event.mark, handle)
            return .duplicate
        }
        guard !open.isAboutToReport(policy.panels, at: decidedAt) else {
            return .refused(Refusal(.notOpen, at: "/data/requestId"))
        }
        guard let index = open.seat(for: directive) else {
            return .refused(Refusal(.notOpen, at: "/data/seatId"))
        }
        if open.seatList[index].holding?.specialist != directive.specialist {
            let need = hardNeed(of: open, index, handle)
            if let ineligibility = ineligibility(of: directive.specialist, for: need, handle) {
                return .refused(Refusal(ineligibility, at: "/data/specialistId"))
            }
            give(handle, index, need, by: directive, because: event.cause, into: &outbox)
        }
        note(event.mark, handle)
        return .applied
    }

    private mutating func ineligibility(
        of id: Specialist.ID,
        for need: Need,
        _ handle: Int32
    ) -> Ineligibility? {
        let now = decidedAt
        return withPool(of: handle) { pool, policy in
            pool.roster.ineligibility(of: id, for: need, policy.matching, at: now)
        }
    }

    /// Takes the seat from whoever has it and gives it to whom the directive names.
    ///
    /// Whoever loses it may be asked again as before: nothing is held against them.
    private mutating func give(
        _ handle: Int32,
        _ index: Int,
        _ need: Need,
        by directive: Directive,
        because cause: Cause,
        into outbox: inout Outbox
    ) {
        let (before, now) = (openRequest(handle)?.seatList[index].holding?.specialist, decidedAt)
        rescind(handle, seat: index, .directed, because: cause, into: &outbox)
        let decision = withPool(of: handle) { pool, policy in
            pool.roster.decide(need, policy.matching, at: now, directedTo: directive.specialist)
        }
        let warrant = directive.warrant
        assign(handle, index, need, decision, by: warrant, because: cause, into: &outbox)
        guard let before else { return }
        // Whoever left it, or works where they do, may take another seat of the request now.
        fillAll(handle, because: cause, into: &outbox)
        offer([before], in: handle, because: cause, into: &outbox)
    }
}

extension OpenRequest {
    /// The seat that a directive is about; nil: there is none, it has delivered, or it isn't clear which.
    fileprivate func seat(for directive: Directive) -> Int? {
        let found = seatList.indices.filter { index in
            let seat = seatList[index]
            return !seat.isDelivered && directive.seat ?? seat.id == seat.id
        }
        return found.count == 1 ? found[0] : nil
    }
}
