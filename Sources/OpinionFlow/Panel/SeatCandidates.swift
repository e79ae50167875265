internal import OpinionMatching

/// Who may ever take which seat of a panel that is being planned, busy or not.
///
/// Specialists who have delivered on the request, or have a seat of it, take no other one.
struct SeatCandidates {
    private let open: OpenRequest
    private let policy: Policy
    private let tie: UInt64
    /// Who has a seat or has delivered on it.
    private let taken: [Specialist.ID]
    /// Candidates to look for: more than there are seats make no difference.
    private let most: Int
    private var known: [SeatSpec: [Specialist.ID]] = [:]

    init(of open: OpenRequest, _ policy: Policy, tie: UInt64, taken: [Specialist.ID], most: Int) {
        self.open = open
        self.policy = policy
        self.tie = tie
        self.taken = taken
        self.most = most
    }

    /// - Complexity: one screening for each spec that is new.
    mutating func possible(for spec: SeatSpec, _ roster: inout Roster) -> [Specialist.ID] {
        if let found = known[spec] { return found }
        let found = roster.possible(for: need(of: spec), policy.matching, most: most)
        known[spec] = found
        return found
    }

    private func need(of spec: SeatSpec) -> Need {
        var need = policy.need(of: open.submission, barred: open.barred + taken, tie: tie)
        need.cover(spec.covers)
        need.disciplines = spec.disciplines
        open.forEachSeat { seat in
            if seat.isDelivered, let occupant = seat.occupant { need.excluded.append(occupant) }
        }
        return need
    }

    /// How many of the seats can be filled at once, each by a specialist of its own.
    ///
    /// A matching in a graph of seats and people, by augmenting paths (Kuhn 1955).
    mutating func seated(_ specs: [SeatSpec], _ roster: inout Roster) -> Int {
        let people = specs.map { possible(for: $0, &roster) }
        var seat: [Specialist.ID: Int] = [:]
        return people.indices.count { index in
            var asked: Set<Specialist.ID> = []
            return Self.find(index, people, &seat, &asked)
        }
    }

    /// Finds a specialist for a seat, if need be by finding another one for the seat they have.
    private static func find(
        _ index: Int,
        _ people: [[Specialist.ID]],
        _ seat: inout [Specialist.ID: Int],
        _ asked: inout Set<Specialist.ID>
    ) -> Bool {
        for person in people[index] where asked.insert(person).inserted {
            if let other = seat[person], !find(other, people, &seat, &asked) { continue }
            seat[person] = index
            return true
        }
        return false
    }
}
