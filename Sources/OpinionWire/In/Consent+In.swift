internal import OpinionFlow
internal import OpinionMatching

extension EventReader {
    /// Why the policy would not take a request; the pointer is relative to the event.
    func objection(to message: Message, _ data: JSONValue, at time: Moment) -> Refusal? {
        let submission: Submission
        switch message {
        case .submitted(let new), .amended(let new): submission = new
        case .withdrawn, .directed, .accepted, .declined, .givenBack, .delivered: return nil
        }
        let gates = settings.policy.gates
        if let age = submission.age, !gates.admits(age: age) {
            return Refusal(.notEligible, at: "/data/patient/birthYear")
        }
        if !gates.residences.isEmpty, let place = submission.residence,
            !gates.admits(residence: place)
        {
            return Refusal(.notEligible, at: "/data/patient/residence")
        }
        return gates.needsConsent ? Consent.objection(data, at: time) : nil
    }
}

/// The patient's consent: only whether it is there and lasts.
enum Consent {
    static func check(_ data: JSONValue) throws(Refusal) {
        _ = try data.object("consent") { (consent) throws(Refusal) in
            _ = try consent.required("ref", \.referenceBytes)
            _ = try consent.optional("until", \.moment)
        }
    }

    /// Of data that was checked.
    static func objection(_ data: JSONValue, at time: Moment) -> Refusal? {
        guard let consent = data["consent"] else { return Refusal(.noConsent, at: "/data/consent") }
        guard let end = consent["until"]?.moment, end < time else { return nil }
        return Refusal(.noConsent, at: "/data/consent/until")
    }
}
