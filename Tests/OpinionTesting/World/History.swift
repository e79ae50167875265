/// What was told of one request, followed event by event.
package struct History {
    package enum Standing: Hashable {
        case untold, waiting, held(String), reported, closed
    }

    package private(set) var standing = Standing.untold
    private var attempts = 0

    package init() {}

    /// - Returns: What is wrong with the event here; nil when nothing is.
    package mutating func take(_ event: OutEvent) -> String? {
        guard standing != .reported, standing != .closed else { return "after the end" }
        switch event.name {
        case "assignment.made": return made(event)
        case "assignment.rescinded": return rescinded(event)
        case "request.waiting", "request.unmatchable":
            return isHeld ? "waits and is held" : leave(.waiting)
        case "request.reminder", "request.escalated": return nil
        case "request.closed": return isHeld ? "closed while held" : leave(.closed)
        case "report.ready": return reported(event)
        default: return "of no type we know"
        }
    }

    private var isHeld: Bool {
        if case .held = standing { true } else { false }
    }

    private mutating func leave(_ next: Standing) -> String? {
        standing = next
        return nil
    }

    private mutating func made(_ event: OutEvent) -> String? {
        guard !isHeld else { return "given twice" }
        attempts += 1
        let id = "\(event.data.requestId)/1/\(attempts)"
        guard event.data.assignmentId == id, event.data.attempt == attempts else {
            return "not \(id)"
        }
        return leave(.held(id))
    }

    private mutating func rescinded(_ event: OutEvent) -> String? {
        guard standing == .held(event.data.assignmentId ?? "") else {
            return "rescinded but not held"
        }
        return leave(.waiting)
    }

    private mutating func reported(_ event: OutEvent) -> String? {
        let id = event.data.reports?.first?.assignmentId ?? ""
        guard standing == .held(id) else { return "reported but not held" }
        guard event.causationid == "opinion-submitted-\(id)" else {
            return "caused by something else"
        }
        return leave(.reported)
    }
}

/// A request as the state topic keeps it.
package struct KeptRequest: Decodable {
    package struct Seat: Decodable {
        package var attempt: Int
        package var specialist: String?
    }

    package var told: Int
    package var closed: String?
    package var seats: [Seat]?

    /// Without the name of the seat's request, which is in the key.
    package func standing(of request: String) -> History.Standing {
        if let closed { return closed == "reported" ? .reported : .closed }
        guard let seat = seats?.first, seat.specialist != nil else { return .waiting }
        return .held("\(request)/1/\(seat.attempt)")
    }
}
