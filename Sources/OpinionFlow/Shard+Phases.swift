internal import OpinionMatching

// The phases of a panel: who confirms, who advises, who judges, and when all is said.
extension Shard {
    /// Begins the second phase, has somebody judge, and reports, as soon as it can.
    ///
    /// One may make the next possible at once: seats that are all optional, and that nobody can take.
    mutating func advance(
        panel handle: Int32,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        dropJudge(of: handle)
        for _ in 0..<Self.phasesMax {
            guard openPhase(of: handle, because: cause, into: &outbox) else { break }
        }
        guard let open = openRequest(handle), !open.awaitsRecords else { return }
        // Once it is due a quorum is enough, whoever else is awaited. That its timer has gone off tells so,
        // not the time: what was sent before may still be unread.
        guard open.isToldOverdue || (open.hasAdvice && open.isComplete) else { return }
        reportIfQuorate(handle, because: cause, into: &outbox)
    }

    /// Phases that are opened after the first: those who advise, and somebody who judges.
    private static let phasesMax = 2

    /// - Returns: Whether there are new seats.
    private mutating func openPhase(
        of handle: Int32,
        because cause: Cause?,
        into outbox: inout Outbox
    ) -> Bool {
        guard let open = openRequest(handle), !open.awaitsRecords else { return false }
        if !open.hasAdvice {
            guard open.isComplete else { return false }
            beginAdvice(handle, because: cause, into: &outbox)
            return true
        }
        guard policy.panels.adjudicates, open.needsAdjudicator else { return false }
        adjudicate(handle, because: cause, into: &outbox)
        return true
    }

    /// Waits no longer for somebody who judges, where nobody contradicts anybody any more, or the policy no longer has
    /// anybody judge.
    private mutating func dropJudge(of handle: Int32) {
        guard let open = openRequest(handle), open.seatList.contains(where: \.isUntakenJudge),
            !policy.panels.adjudicates || !open.isContradictory
        else { return }
        unqueue(handle)
        change(handle) { request in
            request.withOpen { open in
                open.seats.removeAll(where: \.isUntakenJudge)
                open.endWait()
            }
        }
        requeue(handle)
    }

    /// Looks at a panel whose seat nobody has any more: an optional one may have been all it waited for.
    mutating func lookAgain(
        panel handle: Int32,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        guard openRequest(handle)?.submission.kind == .panel else { return }
        advance(panel: handle, because: cause, into: &outbox)
    }

    /// A panel is due: who advises no longer waits for who confirms, and a quorum is enough.
    mutating func comeDue(panel handle: Int32, into outbox: inout Outbox) {
        if openRequest(handle)?.hasAdvice == false {
            beginAdvice(handle, because: nil, into: &outbox)
        }
        advance(panel: handle, because: nil, into: &outbox)
    }

    /// The diagnosis has been confirmed, or is another one now: then another family's doctors advise.
    private mutating func beginAdvice(
        _ handle: Int32,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        if let family = openRequest(handle)?.changedFamily {
            wantNoMore(handle)
            change(handle) { request in
                request.withOpen { open in
                    open.askedFamily = open.askedFamily ?? open.submission.family
                    open.submission.family = family
                    open.plan = nil
                }
            }
            want(handle)
        }
        let specs = adviceSpecs(of: handle)
        addSeats(for: openRequest(handle)?.missing(of: specs) ?? [], to: handle)
        fillAll(handle, because: cause, into: &outbox)
    }

    private mutating func adjudicate(
        _ handle: Int32,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        guard let family = openRequest(handle)?.submission.family else { return }
        let judges = policy.panels.judges(of: family)
        let spec = SeatSpec(
            role: .adjudicator,
            disciplines: judges,
            covers: [family],
            phase: 2,
            family: family
        )
        addSeats(for: [spec], to: handle)
        fillAll(handle, because: cause, into: &outbox)
    }

    /// Reports if all have delivered whom the report waits for, or enough of them once it is due.
    mutating func reportIfQuorate(
        _ handle: Int32,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        guard let open = openRequest(handle), open.deliveredCount > 0,
            open.isComplete || open.hasQuorum(policy.panels)
        else { return }
        unqueue(handle)
        let freed = rescindAll(handle, .reported, because: cause, into: &outbox)
        report(handle, because: cause, into: &outbox)
        offer(freed, in: handle, because: cause, into: &outbox)
    }
}

extension Seat {
    fileprivate var isUntakenJudge: Bool { isWaiting && spec?.role == .adjudicator }
}
