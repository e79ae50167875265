internal import OpinionFlow
internal import OpinionMatching

extension News {
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
        switch news {
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
    }
}

extension Policy {
    fileprivate func write(_ json: inout JSONWriter) {
        json.beginObject("policy")
        json.member("name", name)
        json.member("sha256", sha256)
        json.endObject()
    }
}

extension Audit {
    /// Writes the members of `decision.made`.
    func write(_ json: inout JSONWriter, of key: RequestKey, _ policy: Policy) {
        json.member("requestId", key.request)
        json.member("networkId", key.network)
        json.member("assignmentId", assignment.text(of: key.request))
        json.member("chosen", orNull: decision.chosen?.text)
        policy.write(&json)
        decision.writeCounts(&json)
        json.beginArray("candidates")
        for verdict in decision.verdicts { verdict.write(&json) }
        json.endArray()
        json.member("omitted", decision.considered - decision.verdicts.count)
    }
}

extension Verdict {
    fileprivate func write(_ json: inout JSONWriter) {
        json.beginObject()
        switch finding {
        case .ranked(let candidate): candidate.writeMembers(&json)
        case .excluded(let rule):
            json.member("specialistId", specialist.text)
            json.member("excludedBy", rule.name)
        }
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
        if let seat {
            json.member("assignmentId", seat.assignment.text(of: request))
            json.member("specialistId", seat.specialist.text)
        }
        json.member("priority", priority.name)
        json.member("dueBy", due)
    }
}

extension Decision {
    fileprivate func write(_ json: inout JSONWriter) {
        json.beginObject("decision")
        writeCounts(&json)
        json.beginArray("candidates")
        for candidate in candidates { candidate.write(&json) }
        json.endArray()
        json.endObject()
    }

    fileprivate func writeCounts(_ json: inout JSONWriter) {
        json.member("considered", considered)
        json.member("eligible", eligible)
        excluded.write(&json, "excluded")
        step?.write(&json)
    }
}

extension WishStep {
    fileprivate func write(_ json: inout JSONWriter) {
        json.beginObject("step")
        json.member("number", number)
        json.beginArray("relaxed")
        for kind in relaxed.kinds { json.element(kind.name) }
        json.endArray()
        json.endObject()
    }
}

extension Candidate {
    fileprivate func write(_ json: inout JSONWriter) {
        json.beginObject()
        writeMembers(&json)
        json.endObject()
    }

    fileprivate func writeMembers(_ json: inout JSONWriter) {
        json.member("specialistId", specialist.text)
        json.member("score", score)
        json.beginObject("terms")
        json.member("utilisation", utilisation)
        if today != 0 { json.member("today", today) }
        if scarcity != 0 { json.member("scarcity", scarcity) }
        for kind in Wishes.Kind.allCases where wishes[kind] != 0 {
            json.member(named: kind.name, Int64(wishes[kind]))
        }
        if declined != 0 { json.member("declined", declined) }
        json.endObject()
    }
}

extension Exclusions {
    /// Counts by rule, in the rules' order; zeros are left out.
    fileprivate func write(_ json: inout JSONWriter, _ name: StaticString) {
        json.beginObject(name)
        for rule in Rule.allCases where self[rule] > 0 {
            json.member(named: rule.name, Int64(self[rule]))
        }
        json.endObject()
    }

    /// What would let the request be served without a change of roster or request.
    fileprivate var unlockers: [String] {
        var names: [String] = []
        if self[.capacity] > 0 { names.append("capacity-freed") }
        if self[.availability] > 0 { names.append("return-from-absence") }
        return names + ["roster-change"]
    }
}

extension JSONWriter {
    fileprivate mutating func unlock(_ names: [String]) {
        beginArray("unlock")
        for name in names { element(name) }
        endArray()
    }
}
