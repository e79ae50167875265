import OpinionFlow
import OpinionMatching

// What must hold at rest.
extension PanelWorld {
    /// Nobody waits whom a free and eligible specialist could serve, and memory says what was told.
    mutating func look() {
        var copy = live
        var outbox = Outbox()
        copy.reassessAll(into: &outbox)
        let idle = outbox.announcements.filter {
            if case .assigned = $0.kind { true } else { false }
        }
        check(idle.isEmpty, "somebody waits though \(idle.map(\.kind)) is free")
        var seats: [Grant: Specialist.ID] = [:]
        for request in live.snapshot {
            guard case .open(let open) = request.phase else { continue }
            let missing = live.policy.records.missing(in: open.submission)
            check(
                open.awaitsRecords == open.seats.isEmpty,
                "seats before the records, or none after"
            )
            check(!open.awaitsRecords || !missing.isEmpty, "waits for records that are there")
            for seat in open.seats {
                guard let holding = seat.holding else { continue }
                let id = AssignmentID(seat: seat.id, attempt: seat.attempt)
                seats[Grant(key: request.key, id: id)] = holding.specialist
            }
            let waiting = open.seats.filter { $0.holding == nil }
            check(
                waiting.allSatisfy { seat in open.seats.count { $0.id == seat.id } == 1 },
                "\(request.key.request) waits for somebody and is offered to others"
            )
        }
        let told = held.mapValues(\.specialist)
        check(seats == told, "memory holds \(seats), told was \(told)")
    }
}
