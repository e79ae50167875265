internal import OpinionMatching

// An amendment that asks a panel for other seats than before.
extension Shard {
    /// Opens the seats that are new, and rescinds those that nobody asks for any more.
    ///
    /// A specialist whose seat is still asked for keeps it while the hard rules allow: an opinion may be on its way.
    mutating func replanSeats(of handle: RequestHandle) {
        guard let open = requests.open(handle) else { return }
        let specs = specsAnew(of: handle)
        let freed = removeSeats(of: handle, but: open.kept(of: specs))
        addSeats(for: open.missing(of: specs), to: handle)
        fillAll(handle)
        recheckSeats(of: handle)
        if open.submission.kind == .panel, !open.hasAdvice, open.isToldOverdue {
            comeDue(panel: handle)
        }
        serveWaiting(with: freed, inNetworkOf: handle)
        advanceIfPanel(handle)
    }

    /// The seats that a request should have in its phase, those included that are there.
    private mutating func specsAnew(of handle: RequestHandle) -> [SeatSpec?] {
        guard let open = requests.open(handle), open.submission.kind == .panel else { return [nil] }
        guard !open.hasAdvice else { return adviceSpecs(of: handle) }
        let first = firstSpecs(of: handle)
        return open.hasDelivered(all: first) ? adviceSpecs(of: handle) : first
    }

    /// Removes the seats that have delivered nothing and aren't kept.
    ///
    /// - Returns: Who held one of them.
    private mutating func removeSeats(
        of handle: RequestHandle,
        but kept: Set<Seat.ID>
    ) -> [Specialist.ID] {
        guard let open = requests.open(handle) else { return [] }
        let gone = open.seatList.indices.filter { index in
            let seat = open.seatList[index]
            return !seat.isDelivered && !kept.contains(seat.id)
        }
        for index in gone { rescind(handle, seat: index, .amended) }
        changeOpen(handle) { $0.seats.removeAll { !$0.isDelivered && !kept.contains($0.id) } }
        return gone.compactMap { open.seatList[$0].holding?.specialist }
    }
}

extension OpenRequest {
    /// Whether a spec is about the family that is asked about now, or was before the panel found another.
    func asks(_ spec: SeatSpec) -> Bool {
        guard let family = spec.family else { return true }
        return family == submission.family || family == askedFamily
    }

    /// Whether the opinion of a seat counts; one about a family that is no longer asked about is only listed.
    func counts(_ seat: borrowing Seat) -> Bool {
        guard let spec = seat.spec else { return true }
        return asks(spec)
    }

    /// Seats of phase 2, without adjudicators, that somebody has or has delivered on.
    var takenAdvice: [Seat] {
        seats.filter { seat in
            guard let spec = seat.spec, !seat.isWaiting else { return false }
            return spec.phase == 2 && spec.role != .adjudicator && asks(spec)
        }
    }

    /// Seats that are planned and there, and those that don't depend on the plan: of members who still confirm
    /// after advice has begun, and of adjudicators.
    fileprivate func kept(of specs: [SeatSpec?]) -> Set<Seat.ID> {
        let planned = Set(match(specs).seats)
        guard submission.kind == .panel else { return planned }
        let others = seats.filter { seat in
            guard let spec = seat.spec, asks(spec) else { return false }
            return spec.role == .adjudicator || spec.phase == 1 && hasAdvice
        }
        return planned.union(others.map(\.id))
    }

    /// The planned seats that aren't there.
    func missing(of specs: [SeatSpec?]) -> [SeatSpec?] { match(specs).missing }

    fileprivate func hasDelivered(all specs: [SeatSpec?]) -> Bool {
        specs.allSatisfy { spec in seats.contains { $0.isDelivered && $0.spec == spec } }
    }

    /// Pairs planned seats with seats of the panel, each with one: the seats paired, and the plans without one.
    private func match(_ specs: [SeatSpec?]) -> (seats: [Seat.ID], missing: [SeatSpec?]) {
        var left = seats.filter { $0.spec != nil }
        var (found, missing): ([Seat.ID], [SeatSpec?]) = ([], [])
        for spec in specs {
            if let index = left.firstIndex(where: { $0.spec == spec }) {
                found.append(left.remove(at: index).id)
            } else {
                missing.append(spec)
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
