internal import OpinionMatching

// The seats of a panel: which there are, and what each asks.
extension Shard {
    // MARK: Which seats

    /// The seats with which a request opens; of one that is no panel a seat without a brief.
    mutating func firstSpecs(of handle: Int32) -> [SeatSpec?] {
        guard let submission = openRequest(handle)?.submission, submission.kind == .panel else {
            return [nil]
        }
        let first = policy.panels.first.map {
            SeatSpec(
                disciplines: [$0],
                covers: [submission.family],
                phase: 1,
                family: submission.family
            )
        }
        return first.isEmpty ? adviceSpecs(of: handle) : first
    }

    /// The seats that advise: the template's, those that the request asks for, and as few more as cover
    /// every organ with secondaries.
    ///
    /// Of those that somebody has already, or has delivered on, what they are.
    mutating func adviceSpecs(of handle: Int32) -> [SeatSpec] {
        guard let open = openRequest(handle) else { return [] }
        var cover = OrganCoverage(
            request: handle,
            submission: open.submission,
            specs: policy.panels.specs(of: open.submission),
            taken: open.takenAdvice
        )
        return cover.complete(in: &self)
    }

    mutating func addSeats(for specs: [SeatSpec?], to handle: Int32) {
        let now = decidedAt
        change(handle) { request in
            request.withOpen { open in
                for spec in specs { open.addSeat(for: spec, at: now) }
            }
        }
    }

    // MARK: What a seat asks

    /// What one seat of several asks beyond what all of them do.
    func narrowed(_ shared: Need, to seat: Int, of open: OpenRequest, _ handle: Int32) -> Need {
        var need = shared
        let spec = open.seatList[seat].spec
        if let spec {
            need.cover(spec.covers)
            need.disciplines = spec.disciplines
            need.cost = policy.cost(of: .panel, spec.role)
        }
        let others = open.seatList.indices.filter { $0 != seat }.map { open.seatList[$0] }
        need.excluded += others.compactMap(\.occupant)
        // Of those who are asked for the same seat one will take it.
        let colleagues = others.filter { $0.id != open.seatList[seat].id }.compactMap {
            colleague(on: $0, of: open, handle)
        }
        policy.panels.narrow(&need, to: spec?.role, beside: colleagues)
        return need
    }

    /// Who has a seat or has delivered on it, whether the roster still knows them or not; nil: nobody.
    private func colleague(on seat: Seat, of open: OpenRequest, _ handle: Int32) -> PanelMember? {
        guard let id = seat.occupant else { return nil }
        let known = networks[requests[Int(handle)].network].roster[id]
        let affiliation = seat.affiliation ?? known.map(Affiliation.init(of:))
        return PanelMember(
            id: id,
            role: open.counts(seat) ? seat.spec?.role : .member,
            affiliation: affiliation ?? Affiliation(),
            declaredConflicts: known?.declaredConflicts ?? []
        )
    }
}
