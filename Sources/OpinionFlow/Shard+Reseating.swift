internal import OpinionMatching

// An amendment that asks a panel for other seats than before.
extension Shard {
    /// Opens the seats that are new, and takes back those that nobody asks for any more.
    ///
    /// Who has a seat that is still asked for keeps it while the hard rules allow: an opinion on it may
    /// be on its way.
    mutating func reseat(_ handle: Int32, because cause: Cause, into outbox: inout Outbox) {
        guard let open = openRequest(handle) else { return }
        let briefs = briefsAnew(of: handle)
        let freed = dismiss(handle, but: open.kept(of: briefs), because: cause, into: &outbox)
        addSeats(for: open.missing(of: briefs), to: handle)
        fillAll(handle, because: cause, into: &outbox)
        lookAtSeats(handle, because: cause, into: &outbox)
        if open.submission.kind == .panel, !open.hasAdvice, open.isToldOverdue {
            comeDue(panel: handle, into: &outbox)
        }
        offer(freed, in: handle, because: cause, into: &outbox)
        lookAgain(panel: handle, because: cause, into: &outbox)
    }

    /// The seats that a request should have at its stage, those included that are there.
    private mutating func briefsAnew(of handle: Int32) -> [Brief?] {
        guard let open = openRequest(handle), open.submission.kind == .panel else { return [nil] }
        guard !open.hasAdvice else { return adviceBriefs(of: handle) }
        let first = firstBriefs(of: handle)
        return open.hasDelivered(all: first) ? adviceBriefs(of: handle) : first
    }

    /// Removes the seats that have delivered nothing and aren't kept; who held one.
    private mutating func dismiss(
        _ handle: Int32,
        but kept: Set<Seat.ID>,
        because cause: Cause,
        into outbox: inout Outbox
    ) -> [Specialist.ID] {
        guard let open = openRequest(handle) else { return [] }
        let gone = open.seatList.indices.filter { index in
            let seat = open.seatList[index]
            return !seat.isDelivered && !kept.contains(seat.id)
        }
        for index in gone { rescind(handle, seat: index, .amended, because: cause, into: &outbox) }
        change(handle) { request in
            request.withOpen { $0.seats.removeAll { !$0.isDelivered && !kept.contains($0.id) } }
        }
        return gone.compactMap { open.seatList[$0].holding?.specialist }
    }
}

extension OpenRequest {
    /// Whether a seat is about what is asked now, or was before the panel found another family.
    func asks(_ brief: Brief) -> Bool {
        guard let family = brief.family else { return true }
        return family == submission.family || family == askedFamily
    }

    /// Whether what is said on a seat counts: a panel that was asked about another family lists it only.
    func counts(_ seat: borrowing Seat) -> Bool {
        guard let brief = seat.brief else { return true }
        return asks(brief)
    }

    /// Seats of phase 2 that somebody has or has delivered on, but who judges.
    var takenAdvice: [Seat] {
        seats.filter { seat in
            guard let brief = seat.brief, !seat.isWaiting else { return false }
            return brief.phase == 2 && brief.role != .adjudicator && asks(brief)
        }
    }

    /// Seats that are planned and there, and those that don't depend on what was planned: who still
    /// confirms when advice has begun, and who judges.
    fileprivate func kept(of briefs: [Brief?]) -> Set<Seat.ID> {
        let planned = Set(match(briefs).seats)
        guard submission.kind == .panel else { return planned }
        let others = seats.filter { seat in
            guard let brief = seat.brief, asks(brief) else { return false }
            return brief.role == .adjudicator || brief.phase == 1 && hasAdvice
        }
        return planned.union(others.map(\.id))
    }

    /// Those of the seats that are planned that aren't there.
    func missing(of briefs: [Brief?]) -> [Brief?] { match(briefs).missing }

    fileprivate func hasDelivered(all briefs: [Brief?]) -> Bool {
        briefs.allSatisfy { brief in seats.contains { $0.isDelivered && $0.brief == brief } }
    }

    /// Seats of a panel that are what was planned, and what none is; each seat stands for one.
    private func match(_ briefs: [Brief?]) -> (seats: [Seat.ID], missing: [Brief?]) {
        var left = seats.filter { $0.brief != nil }
        var (found, missing): ([Seat.ID], [Brief?]) = ([], [])
        for brief in briefs {
            if let index = left.firstIndex(where: { $0.brief == brief }) {
                found.append(left.remove(at: index).id)
            } else {
                missing.append(brief)
            }
        }
        return (found, missing)
    }
}

extension Submission {
    /// Whether an amendment asks for other seats than before.
    func asksOtherSeats(than new: Submission) -> Bool {
        guard kind == .panel || new.kind == .panel else { return false }
        return kind != new.kind || family != new.family || organs != new.organs
            || disciplines != new.disciplines
    }
}
