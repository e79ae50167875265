internal import OpinionMatching

// The seats of a panel: which there are, and what each asks.
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

    // MARK: What a seat asks

    /// What one seat of several asks beyond what all of them do.
    func narrowed(_ shared: Need, to seat: Int, of open: OpenRequest, _ handle: Int32) -> Need {
        var need = shared
        let brief = open.seatList[seat].brief
        if let brief {
            need.cover(brief.covers)
            need.disciplines = brief.disciplines
            need.cost = policy.cost(of: .panel, brief.role)
        }
        let others = open.seatList.indices.filter { $0 != seat }.map { open.seatList[$0] }
        need.excluded += others.compactMap(\.occupant)
        // Of those who are asked for the same seat one will take it.
        let colleagues = others.filter { $0.id != open.seatList[seat].id }.compactMap {
            colleague(on: $0, of: open, handle)
        }
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
}
