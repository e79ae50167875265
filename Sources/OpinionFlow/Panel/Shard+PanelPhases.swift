internal import OpinionMatching

// The phases of a panel: some confirm the diagnosis, others advise on it, one may judge, and then it reports.
extension Shard {
    /// Opens the next phases of a panel and reports, as far as it can.
    ///
    /// One phase may make the next possible at once: when its seats are all optional and nobody can take them.
    mutating func advance(panel handle: RequestHandle) {
        dropAdjudicator(of: handle)
        for _ in 0..<Self.phasesMax {
            guard openPhase(of: handle) else { break }
        }
        guard let open = requests.open(handle), !open.awaitsRecords else { return }
        // Once it is due a quorum is enough, whoever else is awaited. That its timer has fired says so,
        // not the time: what was sent before may still be unread.
        guard open.isToldOverdue || (open.hasAdvice && open.isComplete) else { return }
        reportIfQuorate(handle)
    }

    /// Phases that are opened after the first: those who advise, and an adjudicator.
    private static let phasesMax = 2

    /// Opens the next phase, if the panel is ready for one.
    ///
    /// - Returns: Whether there are new seats.
    private mutating func openPhase(of handle: RequestHandle) -> Bool {
        guard let open = requests.open(handle), !open.awaitsRecords else { return false }
        if !open.hasAdvice {
            guard open.isComplete else { return false }
            beginAdvice(handle)
            return true
        }
        guard policy.panels.adjudicates, open.needsAdjudicator else { return false }
        adjudicate(handle)
        return true
    }

    /// Removes the seat of an adjudicator that nobody has taken, once the reviewers no longer contradict each other or
    /// the policy no longer has panels adjudicated.
    private mutating func dropAdjudicator(of handle: RequestHandle) {
        guard let open = requests.open(handle),
            open.seatList.contains(where: \.isWaitingAdjudicator),
            !policy.panels.adjudicates || !open.isContradictory
        else { return }
        dequeue(handle)
        changeOpen(handle) { open in
            open.seats.removeAll(where: \.isWaitingAdjudicator)
            open.endWait()
        }
        enqueue(handle)
    }

    /// Advances a request that is a panel: the seat that nobody has any more may have been all it waited for.
    mutating func advanceIfPanel(_ handle: RequestHandle) {
        guard requests.open(handle)?.submission.kind == .panel else { return }
        advance(panel: handle)
    }

    /// A panel is due: the advice no longer waits for the confirmation, and a quorum is enough.
    ///
    /// The due date is the cause of what follows, not the event at hand.
    mutating func comeDue(panel handle: RequestHandle) {
        withoutCause { shard in
            if shard.requests.open(handle)?.hasAdvice == false { shard.beginAdvice(handle) }
            shard.advance(panel: handle)
        }
    }

    /// Opens the seats that advise on the diagnosis, which was confirmed or found to be another one: then doctors of
    /// that family advise.
    private mutating func beginAdvice(_ handle: RequestHandle) {
        if let family = requests.open(handle)?.changedFamily {
            removeDemand(of: handle)
            changeOpen(handle) { $0.changeFamily(to: family) }
            addDemand(of: handle)
        }
        let specs = adviceSpecs(of: handle)
        addSeats(for: requests.open(handle)?.missing(of: specs) ?? [], to: handle)
        fillAll(handle)
    }

    private mutating func adjudicate(_ handle: RequestHandle) {
        guard let family = requests.open(handle)?.submission.family else { return }
        let judges = policy.panels.judges(of: family)
        let spec = SeatSpec(
            role: .adjudicator,
            disciplines: judges,
            covers: [family],
            phase: 2,
            family: family
        )
        addSeats(for: [spec], to: handle)
        fillAll(handle)
    }

    /// Reports if all have delivered whom the report waits for, or if a quorum has.
    private mutating func reportIfQuorate(_ handle: RequestHandle) {
        guard let open = requests.open(handle), open.deliveredCount > 0,
            open.isComplete || open.hasQuorum(policy.panels)
        else { return }
        dequeue(handle)
        let freed = rescindAll(handle, .reported)
        report(handle)
        serveWaiting(with: freed, inNetworkOf: handle)
    }
}

extension Seat {
    fileprivate var isWaitingAdjudicator: Bool { isWaiting && spec?.role == .adjudicator }
}
