import OpinionFlow
import OpinionMatching

// What would be written, and what must hold at rest.
extension World {
    /// Looks at what would be written now, without writing it.
    mutating func reflect() {
        var copy = live
        var (written, erased): ([Request], [RequestKey]) = ([], [])
        copy.drain(
            write: { request in
                written.append(request)
                return 1
            },
            erase: { erased.append($0) }
        )
        let back = Set(written.map(\.key))
        for key in erased where !back.contains(key) {
            mirror[key] = nil
            ledger.known[key] = nil
            count("forgotten")
        }
        for request in written { mirror[request.key] = request }
    }

    mutating func look() {
        var held: [RequestKey: Ledger.Seat] = [:]
        var census = Census()
        for (key, request) in mirror {
            let told = ledger.known[key]?.told
            ledger.check(request.told == told, "\(request) is not told \(told ?? 0) times")
            guard case .open(let open) = request.phase else { continue }
            census.requestsOpen += 1
            if open.submission.due < live.decidedAt { census.overdue += 1 }
            for seat in open.seats {
                switch seat.state {
                case .held(let holding):
                    let id = AssignmentID(seat: seat.id, attempt: seat.attempt)
                    held[key] = Ledger.Seat(
                        assignment: id,
                        specialist: holding.specialist,
                        kind: holding.kind
                    )
                case .waiting(let waiting):
                    census.requestsWaiting += 1
                    census.oldestWaiting = min(census.oldestWaiting ?? waiting.since, waiting.since)
                    let idle = ledger.eligible(for: key, at: live.decidedAt)
                    ledger.check(idle.isEmpty, "\(key.request) waits though \(idle) could")
                case .delivered: ledger.complain("\(key.request) is open and delivered")
                }
            }
        }
        let seats = ledger.seats
        ledger.check(held == seats, "\(held) are held, not \(seats)")
        census.unitsUsed = seats.count
        for profile in ledger.profiles.values where profile.isActive {
            census.specialists += 1
            census.capacityUnits += profile.capacity.units
        }
        let counted = live.census(at: live.decidedAt)
        ledger.check(counted == census, "\(counted) is counted, not \(census)")
    }
}
