/// What was told of one request, followed event by event.
package struct History {
    package enum Standing: Hashable {
        case untold, open, reported, closed
    }

    package private(set) var standing = Standing.untold
    /// Whether it was closed since nobody had answered for too long.
    package private(set) var isExpired = false
    /// The assignments that were not taken back, by seat.
    package private(set) var taken: [Int: String] = [:]
    private var specialists: [Int: String] = [:]
    private var attempts: [Int: Int] = [:]
    private let isPanel: Bool
    /// Whether seats were taken back since a report is coming.
    private var isReporting = false

    package init(isPanel: Bool) { self.isPanel = isPanel }

    /// - Returns: What is wrong with the event here; nil when nothing is.
    package mutating func take(_ event: OutEvent) -> String? {
        guard standing != .reported, standing != .closed else { return "after the end" }
        guard !isReporting || event.name == "report.ready" || event.isTakenForReport else {
            return "before the report that was coming"
        }
        switch event.name {
        case "assignment.made": return made(event)
        case "assignment.rescinded": return rescinded(event)
        case "request.waiting", "request.unmatchable": return waits(event)
        case "request.reminder", "request.escalated": return noticed(event)
        case "request.closed": return closed(event)
        case "report.ready": return reported(event)
        default: return "of no type we know"
        }
    }

    private mutating func leave(_ next: Standing) -> String? {
        standing = next
        return nil
    }

    private mutating func waits(_ event: OutEvent) -> String? {
        guard let seat = event.data.seatId, taken[seat] == nil else { return "waits and is held" }
        return leave(.open)
    }

    private func noticed(_ event: OutEvent) -> String? {
        guard let id = event.data.assignmentId else { return nil }
        return event.seat.flatMap { taken[$0] } == id ? nil : "about what nobody has"
    }

    /// Of a panel that is closed some may have delivered.
    private mutating func closed(_ event: OutEvent) -> String? {
        isExpired = event.data.reason == "expired"
        return taken.isEmpty || isPanel ? leave(.closed) : "closed while held"
    }

    private mutating func made(_ event: OutEvent) -> String? {
        let (seat, name) = (event.data.seat?.id ?? 0, event.data.specialistId ?? "")
        guard taken[seat] == nil else { return "given twice" }
        guard !specialists.values.contains(name) else { return "\(name) has two seats" }
        guard isPanel || seat == 1 else { return "a second seat" }
        attempts[seat, default: 0] += 1
        let attempt = attempts[seat, default: 0]
        let id = "\(event.data.requestId)/\(seat)/\(attempt)"
        guard event.data.assignmentId == id, event.data.attempt == attempt else {
            return "not \(id)"
        }
        (taken[seat], specialists[seat]) = (id, name)
        return leave(.open)
    }

    private mutating func rescinded(_ event: OutEvent) -> String? {
        let seat = event.seat ?? 0
        guard let id = taken.removeValue(forKey: seat), id == event.data.assignmentId,
            specialists.removeValue(forKey: seat) == event.data.specialistId
        else { return "rescinded but not held" }
        isReporting = event.isTakenForReport
        return leave(.open)
    }

    // MARK: The report

    private mutating func reported(_ event: OutEvent) -> String? {
        let reports = event.data.reports ?? []
        guard Set(reports.map(\.assignmentId)) == Set(taken.values), reports.count == taken.count
        else { return "reports others than \(taken)" }
        let isAnothers = reports.contains { report in
            OutEvent.seat(of: report.assignmentId).flatMap { specialists[$0] }
                != report.specialistId
        }
        if isAnothers { return "reports what others wrote" }
        if !isPanel, event.causationid != "opinion-submitted-\(taken[1] ?? "")" {
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
            && seats.missing.allSatisfy { taken[$0] == nil }
        guard isEven, isApart, seats.quorumMet, !taken.isEmpty else {
            return "seats \(seats) with \(taken)"
        }
        let isKnown = summary.dissent.allSatisfy(taken.values.contains)
        return isKnown ? nil : "dissent of those who said nothing"
    }
}

extension OutEvent {
    fileprivate var isTakenForReport: Bool {
        name == "assignment.rescinded" && data.reason == "reported"
    }
}
