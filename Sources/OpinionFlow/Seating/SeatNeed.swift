internal import OpinionMatching

// What a seat asks beyond what all seats of its request ask.
extension Policy {
    /// What one seat of several, or of a panel, asks: more than all seats do.
    ///
    /// - Complexity: O(seats), and a look-up of each colleague.
    func narrowed(
        _ shared: Need,
        to seat: Int,
        of open: OpenRequest,
        in roster: borrowing Roster
    ) -> Need {
        var need = shared
        let spec = open.seatList[seat].spec
        if let spec {
            need.cover(spec.covers)
            need.disciplines = spec.disciplines
            need.cost = cost(of: .panel, spec.role)
        }
        let others = open.seatList.indices.filter { $0 != seat }.map { open.seatList[$0] }
        need.excluded += others.compactMap(\.occupant)
        // Of those to whom the same seat is offered one will take it.
        var colleagues: [PanelMember] = []
        for other in others where other.id != open.seatList[seat].id {
            if let member = open.member(on: other, roster) { colleagues.append(member) }
        }
        panels.narrow(&need, to: spec?.role, beside: colleagues)
        return need
    }
}

extension OpenRequest {
    /// Who has a seat or has delivered on it, also after leaving the roster; nil: nobody.
    fileprivate func member(on seat: Seat, _ roster: borrowing Roster) -> PanelMember? {
        guard let id = seat.occupant else { return nil }
        let known = roster[id]
        let affiliation = seat.affiliation ?? known.map(Affiliation.init(of:))
        return PanelMember(
            id: id,
            role: counts(seat) ? seat.spec?.role : .member,
            affiliation: affiliation ?? Affiliation(),
            declaredConflicts: known?.declaredConflicts ?? []
        )
    }
}
