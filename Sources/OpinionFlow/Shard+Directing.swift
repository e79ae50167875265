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
        guard !open.isAboutToReport(policy.panels, at: decidedAt) else {
            return .refused(Refusal(.notOpen, at: "/data/requestId"))
        }
        guard let index = open.seat(for: directive) else {
            return .refused(Refusal(.notOpen, at: "/data/seatId"))
        }
        if open.seatList[index].holding?.specialist == directive.specialist {
            confirm(handle, index, because: event.cause, into: &outbox)
        } else {
            let need = hardNeed(of: open, index, handle)
            if let ineligibility = ineligibility(of: directive.specialist, for: need, handle) {
                return .refused(Refusal(ineligibility, at: "/data/specialistId"))
            }
            give(handle, index, by: directive, because: event.cause, into: &outbox)
        }
        note(event.fingerprint, handle)
        return .applied
    }

    /// Leaves a seat with whoever has it or is asked; others who are asked for it no longer are.
    private mutating func confirm(
        _ handle: Int32,
        _ index: Int,
        because cause: Cause,
        into outbox: inout Outbox
    ) {
        let freed = takeBackRivals(handle, of: index, .directed, because: cause, into: &outbox)
        offer(freed, in: handle, because: cause, into: &outbox)
    }

    private mutating func ineligibility(
        of id: Specialist.ID,
        for need: Need,
        _ handle: Int32
    ) -> Ineligibility? {
        let now = decidedAt
        return withNetwork(of: handle) { network, policy in
            network.roster.ineligibility(of: id, for: need, policy.matching, at: now)
        }
    }

    /// Takes the seat from all who have it or are asked for it, and gives it to whom the directive names.
    ///
    /// Whoever loses it may be asked again as before: nothing is held against them.
    private mutating func give(
        _ handle: Int32,
        _ index: Int,
        by directive: Directive,
        because cause: Cause,
        into outbox: inout Outbox
    ) {
        var freed = takeBackRivals(handle, of: index, .directed, because: cause, into: &outbox)
        guard let open = openRequest(handle), let index = open.seat(for: directive) else { return }
        if let holder = open.seatList[index].occupant { freed.append(holder) }
        rescind(handle, seat: index, .directed, because: cause, into: &outbox)
        assign(handle, index, by: directive, because: cause, into: &outbox)
        guard !freed.isEmpty else { return }
        // Whoever left it, or works where they do, may take another seat of the request now.
        fillAll(handle, because: cause, into: &outbox)
        offer(freed, in: handle, because: cause, into: &outbox)
    }

    private mutating func assign(
        _ handle: Int32,
        _ index: Int,
        by directive: Directive,
        because cause: Cause,
        into outbox: inout Outbox
    ) {
        guard let open = openRequest(handle) else { return }
        let (need, now) = (hardNeed(of: open, index, handle), decidedAt)
        let decision = withNetwork(of: handle) { network, policy in
            network.roster.decide(need, policy.matching, at: now, directedTo: directive.specialist)
        }
        let authorization = directive.authorization
        assign(handle, index, need, decision, by: authorization, because: cause, into: &outbox)
    }
}

extension OpenRequest {
    /// The seat that a directive is about; nil: there is none, it has delivered, or it isn't clear which.
    ///
    /// Of one that is offered to several the entry of whom the directive names, if they are asked already.
    fileprivate func seat(for directive: Directive) -> Int? {
        let found = seatList.indices.filter { index in
            let seat = seatList[index]
            return !seat.isDelivered && directive.seat ?? seat.id == seat.id
        }
        guard let first = found.first,
            found.allSatisfy({ seatList[$0].id == seatList[first].id })
        else { return nil }
        return found.first { seatList[$0].occupant == directive.specialist } ?? first
    }
}
