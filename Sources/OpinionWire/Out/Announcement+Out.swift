internal import OpinionFlow
internal import OpinionMatching

extension AnnouncementKind {
    /// The event type and its schema.
    var type: EnvelopeType {
        switch self {
        case .assigned:
            EnvelopeType(
                "org.opiniond.assignment.made.v1",
                "https://opiniond.org/schemas/assignment.made.v1.json"
            )
        case .rescinded:
            EnvelopeType(
                "org.opiniond.assignment.rescinded.v1",
                "https://opiniond.org/schemas/assignment.rescinded.v1.json"
            )
        case .waiting:
            EnvelopeType(
                "org.opiniond.request.waiting.v1",
                "https://opiniond.org/schemas/request.waiting.v1.json"
            )
        case .unmatchable:
            EnvelopeType(
                "org.opiniond.request.unmatchable.v1",
                "https://opiniond.org/schemas/request.unmatchable.v1.json"
            )
        case .awaitingRecords:
            EnvelopeType(
                "org.opiniond.request.awaiting-records.v1",
                "https://opiniond.org/schemas/request.awaiting-records.v1.json"
            )
        case .reminder:
            EnvelopeType(
                "org.opiniond.request.reminder.v1",
                "https://opiniond.org/schemas/request.reminder.v1.json"
            )
        case .escalated:
            EnvelopeType(
                "org.opiniond.request.escalated.v1",
                "https://opiniond.org/schemas/request.escalated.v1.json"
            )
        case .closed:
            EnvelopeType(
                "org.opiniond.request.closed.v1",
                "https://opiniond.org/schemas/request.closed.v1.json"
            )
        case .reportReady:
            EnvelopeType(
                "org.opiniond.report.ready.v1",
                "https://opiniond.org/schemas/report.ready.v1.json"
            )
        }
    }

    var isReport: Bool {
        if case .reportReady = self { true } else { false }
    }
}

extension Announcement {
    /// Writes the members of the event's data.
    func write(_ json: inout JSONWriter, _ policy: Policy) {
        json.member("requestId", key.request)
        json.member("networkId", key.network)
        switch kind {
        case .assigned(let assignment): assignment.write(&json, of: key.request, policy)
        case .rescinded(let id, let specialist, let reason):
            json.member("assignmentId", id.text(of: key.request))
            json.member("specialistId", specialist.text)
            json.member("reason", reason.rawValue)
        case .waiting(let seat, let exclusions):
            json.member("seatId", seat)
            exclusions.write(&json, "reasons")
            json.unlock(exclusions.unlockers)
        case .unmatchable(let seat, let exclusions, let shortage):
            json.member("seatId", seat)
            exclusions.write(&json, "reasons")
            json.unlock(shortage.unlockers)
            shortage.write(&json)
        case .awaitingRecords(let missing):
            json.beginArray("missing")
            for name in missing { json.element(name) }
            json.endArray()
        case .reminder(let reminder):
            json.member("clock", reminder.clock.rawValue)
            reminder.notice.write(&json, of: key.request)
        case .escalated(let escalation):
            json.member("reason", escalation.reason.name)
            escalation.notice.write(&json, of: key.request)
        case .closed(let reason): json.member("reason", reason.rawValue)
        case .reportReady(let report): report.write(&json, of: key.request)
        }
    }
}

extension Assignment {
    fileprivate func write(_ json: inout JSONWriter, of request: String, _ policy: Policy) {
        json.member("assignmentId", id.text(of: request))
        json.beginObject("seat")
        json.member("id", id.seat)
        json.member("discipline", discipline)
        json.member("role", role.rawValue)
        json.beginArray("covers")
        for family in covers { json.element(family.name) }
        json.endArray()
        json.endObject()
        json.member("specialistId", specialist.text)
        json.member("attempt", id.attempt)
        json.member("mode", acceptBy == nil ? "assign" : "offer")
        if let acceptBy { json.member("acceptBy", acceptBy) } else { json.null("acceptBy") }
        json.member("dueBy", due)
        json.member("priority", priority.name)
        json.member("language", orNull: language)
        json.beginObject("load")
        json.member("unitsBefore", unitsBefore)
        json.member("cost", cost)
        json.member("capacity", capacity)
        json.endObject()
        policy.write(&json)
        decision.write(&json)
        directed?.write(&json)
    }
}

extension Directive.Authorization {
    fileprivate func write(_ json: inout JSONWriter) {
        json.beginObject("directed")
        json.member("operatorId", operatorID)
        json.member("reason", reason.rawValue)
        json.endObject()
    }
}

extension Shortage {
    fileprivate var unlockers: [String] {
        Rule.allCases.filter(obstacles.contains).map { "rule:\($0.name)" } + ["roster-change"]
    }

    /// The kind of specialist who is missing.
    fileprivate func write(_ json: inout JSONWriter) {
        json.beginObject("missing")
        json.beginArray("families")
        json.element(missing.family.name)
        for family in missing.alsoTreats.families { json.element(family.name) }
        json.endArray()
        json.member("level", level)
        json.list("disciplines", missing.disciplines)
        json.list("languages", missing.languages)
        if let residence = missing.residence { json.member("jurisdiction", residence) }
        json.endObject()
    }
}

extension Notice {
    fileprivate func write(_ json: inout JSONWriter, of request: String) {
        switch subject {
        case .request: break
        case .waiting(let seat): json.member("seatId", seat)
        case .held(let id, let specialist):
            json.member("assignmentId", id.text(of: request))
            json.member("specialistId", specialist.text)
        }
        json.member("priority", priority.name)
        json.member("dueBy", due)
    }
}

extension JSONWriter {
    fileprivate mutating func unlock(_ names: [String]) {
        beginArray("unlock")
        for name in names { element(name) }
        endArray()
    }
}
