internal import OpinionMatching

/// Who may take which seat of a panel that is being planned, busy or not.
///
/// Those who have delivered on the request, or have a seat of it, take no other one.
struct SeatCandidates {
    private let request: Int32
    private let taken: [Specialist.ID]
    /// Of more people than there are seats it doesn't matter who they are.
    private let most: Int
    private var known: [SeatSpec: [Specialist.ID]] = [:]

    init(request: Int32, taken: [Specialist.ID], most: Int) {
        self.request = request
        self.taken = taken
        self.most = most
    }

    /// - Complexity: one screening for each brief that is new.
    mutating func possible(for spec: SeatSpec, _ shard: inout Shard) -> [Specialist.ID] {
        if let found = known[spec] { return found }
        let found = shard.possible(for: spec, request, but: taken, most: most)
        known[spec] = found
        return found
    }

    /// How many of the seats can be filled at once, each by somebody of its own.
    ///
    /// A matching in a graph of seats and people, by augmenting paths (Kuhn 1955).
    mutating func seated(_ specs: [SeatSpec], _ shard: inout Shard) -> Int {
        let people = specs.map { possible(for: $0, &shard) }
        var seat: [Specialist.ID: Int] = [:]
        return people.indices.count { index in
            var asked: Set<Specialist.ID> = []
            return Self.find(index, people, &seat, &asked)
        }
    }

    /// Finds somebody for a seat, if need be by finding somebody else for theirs.
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

extension Shard {
    /// Those of the network who may ever take such a seat of a request, so many at most.
    fileprivate mutating func possible(
        for spec: SeatSpec,
        _ handle: Int32,
        but taken: [Specialist.ID],
        most: Int
    ) -> [Specialist.ID] {
        guard let open = openRequest(handle) else { return [] }
        var need = policy.need(
            of: open.submission,
            barred: open.barred + taken,
            tie: requests[Int(handle)].key.tie
        )
        need.cover(spec.covers)
        need.disciplines = spec.disciplines
        open.forEachSeat { seat in
            if seat.isDelivered, let occupant = seat.occupant { need.excluded.append(occupant) }
        }
        return withNetwork(of: handle) { network, policy in
            network.roster.possible(for: need, policy.matching, most: most)
        }
    }
}
