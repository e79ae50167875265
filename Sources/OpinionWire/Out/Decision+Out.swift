internal import OpinionFlow
internal import OpinionMatching

// What a decision found, in the assignment and in a record of its own.
extension Decision {
    func write(_ json: inout JSONWriter) {
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

extension RelaxationStep {
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
        for kind in Preferences.Kind.allCases where preferences[kind] != 0 {
            json.member(named: kind.name, Int64(preferences[kind]))
        }
        if declined != 0 { json.member("declined", declined) }
        json.endObject()
    }
}

extension Exclusions {
    /// Counts by rule, in the rules' order; zeros are left out.
    func write(_ json: inout JSONWriter, _ name: StaticString) {
        json.beginObject(name)
        for rule in Rule.allCases where self[rule] > 0 {
            json.member(named: rule.name, Int64(self[rule]))
        }
        json.endObject()
    }

    /// What would let the request be served without a change of roster or request.
    var unlockers: [String] {
        var names: [String] = []
        if self[.capacity] > 0 { names.append("capacity-freed") }
        if self[.availability] > 0 { names.append("return-from-absence") }
        return names + ["roster-change"]
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

extension Policy {
    /// Names the policy that decided.
    func write(_ json: inout JSONWriter) {
        json.beginObject("policy")
        json.member("name", name)
        json.member("sha256", sha256)
        json.endObject()
    }
}
