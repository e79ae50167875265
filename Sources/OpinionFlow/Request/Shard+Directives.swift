internal import OpinionMatching

// What an operator says: a seat goes to a named specialist.
extension Shard {
    /// Gives a seat to the specialist whom a directive names, if that breaks no hard rule.
    ///
    /// A specialist who has the seat already keeps it, given or offered as it is.
    mutating func direct(_ event: Event, _ handle: RequestHandle) -> Outcome {
        guard case .directed(let directive) = event.message, let open = requests.open(handle) else {
            preconditionFailure("\(event.message.kind) directs nothing")
        }
        guard !open.isAboutToReport(policy.panels, at: decidedAt) else {
            return .refused(Refusal(.notOpen, at: "/data/requestId"))
        }
        guard let index = open.seat(for: directive) else {
            return .refused(Refusal(.notOpen, at: "/data/seatId"))
        }
        if open.seatList[index].holding?.specialist == directive.specialist {
            confirm(handle, index)
        } else {
            let need = hardNeed(of: open, index, handle)
            if let ineligibility = ineligibility(of: directive.specialist, for: need, handle) {
                return .refused(Refusal(ineligibility, at: "/data/specialistId"))
            }
            give(handle, index, by: directive)
        }
        remember(event.fingerprint, handle)
        return .applied
    }

    /// Leaves a seat with the specialist who has it or is asked, and rescinds the other offers.
    private mutating func confirm(_ handle: RequestHandle, _ index: Int) {
        let freed = rescindOtherOffers(handle, of: index, .directed)
        serveWaiting(with: freed, inNetworkOf: handle)
    }

    private mutating func ineligibility(
        of id: Specialist.ID,
        for need: Need,
        _ handle: RequestHandle
    ) -> Ineligibility? {
        let now = decidedAt
        return withNetwork(of: handle) { network, policy in
            network.roster.ineligibility(of: id, for: need, policy.matching, at: now)
        }
    }

    /// Rescinds the seat from all who have it or are asked for it, and gives it to the specialist whom the directive
    /// names.
    ///
    /// Nothing is held against those who lose it: they may be asked again as before.
    private mutating func give(_ handle: RequestHandle, _ index: Int, by directive: Directive) {
        var freed = rescindOtherOffers(handle, of: index, .directed)
        guard let open = requests.open(handle), let index = open.seat(for: directive) else {
            return
        }
        if let holder = open.seatList[index].occupant { freed.append(holder) }
        rescind(handle, seat: index, .directed)
        assign(handle, index, by: directive)
        guard !freed.isEmpty else { return }
        // Those who left it, and their colleagues, may take another seat of the request now.
        fillAll(handle)
        serveWaiting(with: freed, inNetworkOf: handle)
    }

    private mutating func assign(_ handle: RequestHandle, _ index: Int, by directive: Directive) {
        guard let open = requests.open(handle) else { return }
        let (need, now) = (hardNeed(of: open, index, handle), decidedAt)
        let decision = withNetwork(of: handle) { network, policy in
            network.roster.decide(need, policy.matching, at: now, directedTo: directive.specialist)
        }
        assign(handle, index, need, decision, by: directive.authorization)
    }
}

extension OpenRequest {
    /// The seat that a directive is about; nil: there is none, it has delivered, or the directive leaves it open.
    ///
    /// Of a seat that is offered to several, the offer to the specialist whom the directive names, if there is one.
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
