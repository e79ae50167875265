internal import OpinionMatching

// The seats of a panel: which there are, what each asks, and when all is said.
extension Shard {
    // MARK: Which seats

    /// The seats with which a request opens; of one that is no panel a seat without a brief.
    mutating func firstBriefs(of handle: Int32) -> [Brief?] {
        guard let submission = openRequest(handle)?.submission, submission.kind == .panel else {
            return [nil]
        }
        let first = policy.panels.first.map {
            Brief(
                disciplines: [$0],
                covers: [submission.family],
                phase: 1,
                family: submission.family
            )
        }
        return first.isEmpty ? adviceBriefs(of: handle) : first
    }

    /// The seats that advise: the template's, those that the request asks for, and as few more as cover
    /// every organ with secondaries.
    ///
    /// Of those that somebody has already, or has delivered on, what they are.
    mutating func adviceBriefs(of handle: Int32) -> [Brief] {
        guard let open = openRequest(handle) else { return [] }
        var cover = Cover(
            request: handle,
            submission: open.submission,
            briefs: policy.panels.briefs(of: open.submission),
            taken: open.takenAdvice
        )
        return cover.complete(in: &self)
    }

    mutating func addSeats(for briefs: [Brief?], to handle: Int32) {
        let now = decidedAt
        change(handle) { request in
            request.withOpen { open in
                for brief in briefs { open.addSeat(for: brief, at: now) }
            }
        }
    }

    // MARK: Another policy

    /// Notes a panel that has begun: the policy may be another one than it was decided by.
    mutating func noteReviewable(_ handle: Int32) {
        guard let open = openRequest(handle), open.submission.kind == .panel,
            open.deliveredCount > 0
        else { return }
        reviewable.append(requests[Int(handle)].key)
    }

    /// Looks at those again.
    ///
    /// - Returns: Whether all of them were looked at.
    mutating func reviewPanels(into outbox: inout Outbox) -> Bool {
        guard !reviewable.isEmpty else { return true }
        // Named, since their numbers are others after a restart; the first comes last.
        reviewable.sort { $1 < $0 }
        while let key = reviewable.last {
            guard !outbox.isFull else { return false }
            reviewable.removeLast()
            guard let handle = handle(of: key) else { continue }
            lookAgain(panel: handle, because: nil, into: &outbox)
        }
        return true
    }

    // MARK: What a seat asks

    /// What one seat of several asks beyond what all of them do.
    func narrowed(_ shared: Need, to seat: Int, of open: OpenRequest, _ handle: Int32) -> Need {
        var need = shared
        let brief = open.seatList[seat].brief
        if let brief {
            need.family = brief.covers[0]
            need.alsoTreats = FamilySet(brief.covers.dropFirst())
            need.disciplines = brief.disciplines
            need.cost = policy.cost(of: .panel, brief.role)
        }
        let colleagues = open.seatList.indices.filter { $0 != seat }.compactMap {
            colleague(on: open.seatList[$0], of: open, handle)
        }
        need.excluded += colleagues.map(\.id)
        policy.panels.narrow(&need, to: brief?.role, beside: colleagues)
        return need
    }

    /// Who has a seat or has delivered on it, whether the roster still knows them or not; nil: nobody.
    private func colleague(on seat: Seat, of open: OpenRequest, _ handle: Int32) -> Panelist? {
        guard let id = seat.occupant else { return nil }
        let known = pools[requests[Int(handle)].pool].roster[id]
        let affiliation = seat.affiliation ?? known.map(Affiliation.init(of:))
        return Panelist(
            id: id,
            role: open.counts(seat) ? seat.brief?.role : .member,
            affiliation: affiliation ?? Affiliation(),
            declaredConflicts: known?.declaredConflicts ?? []
        )
    }

    // MARK: When all is said

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
        let briefs = adviceBriefs(of: handle)
        addSeats(for: openRequest(handle)?.missing(of: briefs) ?? [], to: handle)
        fillAll(handle, because: cause, into: &outbox)
    }

    private mutating func adjudicate(
        _ handle: Int32,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        guard let family = openRequest(handle)?.submission.family else { return }
        let judges = policy.panels.judges(of: family)
        let brief = Brief(
            role: .adjudicator,
            disciplines: judges,
            covers: [family],
            phase: 2,
            family: family
        )
        addSeats(for: [brief], to: handle)
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

extension PanelPolicy {
    /// The template's seats, and one for each discipline that the request asks for besides.
    func briefs(of submission: Submission) -> [Brief] {
        var places = template(of: submission.family)
        for name in submission.disciplines
        where !first.contains(name) && !places.contains(where: { $0.discipline == name }) {
            places.append(Place(name))
        }
        return places.enumerated().map { index, place in
            Brief(
                role: index == 0 ? .chair : .member,
                disciplines: [place.discipline],
                covers: [submission.family],
                isRequired: place.isRequired,
                phase: 2,
                family: submission.family
            )
        }
    }
}

extension OpenRequest {
    /// Whether the seats that advise are there.
    var hasAdvice: Bool { seatList.contains { $0.brief?.phase == 2 && counts($0) } }

    /// Whether nobody is waited for: optional seats count while somebody has them.
    package var isComplete: Bool {
        !seatList.contains { seat in
            !seat.isDelivered && (seat.brief?.isRequired ?? true || seat.holding != nil)
        }
    }

    /// Opinions that count: those on a family that is no longer asked about don't.
    var deliveredCount: Int { seats.count { $0.isDelivered && counts($0) } }

    /// Whether enough have delivered for a report once it is due.
    func hasQuorum(_ policy: PanelPolicy) -> Bool {
        max(policy.quorum, 1) <= deliveredCount
    }

    /// Whether whoever got a seat now would lose it to the report: a quorum is due.
    ///
    /// The report comes with the timer, when all that was sent in time has been read.
    func isAboutToReport(_ policy: PanelPolicy, at now: Moment) -> Bool {
        submission.kind == .panel && submission.due <= now && hasQuorum(policy)
    }

    /// The family of a diagnosis that somebody says is another one; nil: it is the same family.
    var changedFamily: CancerFamily? {
        var changed: CancerFamily?
        forEachSeat { seat in
            guard let opinion = countedOpinion(on: seat), opinion.diagnosis == .changed,
                let family = opinion.family, family != submission.family
            else { return }
            changed = changed ?? family
        }
        return changed
    }

    private func countedOpinion(on seat: borrowing Seat) -> Opinion? {
        guard case .delivered(_, let opinion, _) = seat.state, counts(seat) else { return nil }
        return opinion
    }

    /// Whether two reviewers contradict each other and nobody judges between them yet.
    var needsAdjudicator: Bool {
        !seatList.contains(where: { $0.brief?.role == .adjudicator && counts($0) })
            && isContradictory
    }

    /// Whether two reviewers contradict each other.
    var isContradictory: Bool {
        var opinions: [Opinion] = []
        forEachSeat { seat in
            guard seat.brief?.role != .adjudicator, let opinion = countedOpinion(on: seat) else {
                return
            }
            opinions.append(opinion)
        }
        return opinions.contradict
    }
}

extension Seat {
    fileprivate var isUntakenJudge: Bool { isWaiting && brief?.role == .adjudicator }
}
