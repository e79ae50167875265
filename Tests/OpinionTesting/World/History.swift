/// What was told of one request, followed event by event.
package struct History {
    package enum RequestStatus: Hashable {
        case untold, open, reported, closed
    }

    package private(set) var status = RequestStatus.untold
    /// Whether it was closed since nobody had answered for too long.
    package private(set) var isExpired = false
    /// The assignments that were not taken back, by id.
    private var grants: [String: Grant] = [:]
    private var attempts: [Int: Int] = [:]
    private let isPanel: Bool
    private let offersAtOnce: Int
    /// Whether seats were taken back since a report is coming.
    private var isReporting = false

    /// A seat that was given or offered to somebody.
    private struct Grant {
        let seat: Int
        let specialist: String
        let isOffer: Bool
    }

    package init(isPanel: Bool, offersAtOnce: Int = 1) {
        self.isPanel = isPanel
        self.offersAtOnce = offersAtOnce
    }

    /// The assignments that were not taken back.
    package var taken: Set<String> { Set(grants.keys) }

    private func isTaken(_ seat: Int) -> Bool { grants.values.contains { $0.seat == seat } }

    /// - Returns: What is wrong with the event here; nil when nothing is.
    package mutating func take(_ event: OutEvent) -> String? {
        guard status != .reported, status != .closed else { return "after the end" }
        guard !isReporting || event.name == "report.ready" || event.isTakenForReport else {
            return "before the report that was coming"
        }
        switch event.name {
        case "assignment.made": return made(event)
        case "assignment.rescinded": return rescinded(event)
        case "request.awaiting-records": return awaitsRecords()
        case "request.waiting", "request.unmatchable": return waits(event)
        case "request.reminder", "request.escalated": return noticed(event)
        case "request.closed": return closed(event)
        case "report.ready": return reported(event)
        default: return "of no type we know"
        }
    }

    private mutating func leave(_ next: RequestStatus) -> String? {
        status = next
        return nil
    }

    private mutating func awaitsRecords() -> String? {
        attempts.isEmpty ? leave(.open) : "awaits records after somebody was asked"
    }

    private mutating func waits(_ event: OutEvent) -> String? {
        guard let seat = event.data.seatId, !isTaken(seat) else { return "waits and is held" }
        return leave(.open)
    }

    private func noticed(_ event: OutEvent) -> String? {
        guard let id = event.data.assignmentId else { return nil }
        return grants[id] == nil ? "about what nobody has" : nil
    }

    /// Of a panel that is closed some may have delivered.
    private mutating func closed(_ event: OutEvent) -> String? {
        isExpired = event.data.reason == "expired"
        return taken.isEmpty || isPanel ? leave(.closed) : "closed while held"
    }

    private mutating func made(_ event: OutEvent) -> String? {
        let (seat, name) = (event.data.seat?.id ?? 0, event.data.specialistId ?? "")
        let grant = Grant(seat: seat, specialist: name, isOffer: event.data.mode == "offer")
        guard mayJoin(grant) else { return "given twice" }
        guard !grants.values.contains(where: { $0.specialist == name }) else {
            return "\(name) has two seats"
        }
        guard isPanel || seat == 1 else { return "a second seat" }
        attempts[seat, default: 0] += 1
        let attempt = attempts[seat, default: 0]
        let id = "\(event.data.requestId)/\(seat)/\(attempt)"
        guard event.data.assignmentId == id, event.data.attempt == attempt else {
            return "not \(id)"
        }
        grants[id] = grant
        return leave(.open)
    }

    /// A seat is given once, but the only one of a request may be offered to several.
    private func mayJoin(_ grant: Grant) -> Bool {
        guard isTaken(grant.seat) else { return true }
        return grants.count < offersAtOnce
            && (grants.values + [grant]).allSatisfy { $0.isOffer && $0.seat == grant.seat }
    }

    private mutating func rescinded(_ event: OutEvent) -> String? {
        guard let grant = grants.removeValue(forKey: event.data.assignmentId ?? ""),
            grant.specialist == event.data.specialistId
        else { return "rescinded but not held" }
        isReporting = event.isTakenForReport
        return leave(.open)
    }

    // MARK: The report

    private mutating func reported(_ event: OutEvent) -> String? {
        let reports = event.data.reports ?? []
        guard Set(reports.map(\.assignmentId)) == taken, reports.count == taken.count
        else { return "reports others than \(taken)" }
        guard reports.allSatisfy({ grants[$0.assignmentId]?.specialist == $0.specialistId }) else {
            return "reports what others wrote"
        }
        if !isPanel, event.causationid != "opinion-submitted-\(taken.first ?? "")" {
            return "caused by something else"
        }
        return faultOfSums(event.data) ?? leave(.reported)
    }

    private func faultOfSums(_ data: OutEvent.Data) -> String? {
        guard let seats = data.seats, let summary = data.summary else { return "without sums" }
        let isEven =
            seats.planned == seats.delivered + seats.missing.count && seats.delivered == taken.count
        let isApart =
            Set(seats.missing).count == seats.missing.count
            && !seats.missing.contains(where: isTaken)
        guard isEven, isApart, seats.quorumMet, !taken.isEmpty else {
            return "seats \(seats) with \(taken)"
        }
        let isKnown = summary.dissent.allSatisfy(taken.contains)
        return isKnown ? nil : "dissent of those who said nothing"
    }
}

extension OutEvent {
    fileprivate var isTakenForReport: Bool {
        name == "assignment.rescinded" && data.reason == "reported"
    }
}
