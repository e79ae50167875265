internal import OpinionMatching

/// Which requests the policy accepts at all.
///
/// A request that fails a gate is refused with a reason. A fact that a request doesn't state fails no gate, except
/// for consent.
package struct GatePolicy: Hashable, Sendable {
    /// Years.
    package var ages = 0...130
    /// ISO 3166 countries and subdivisions where patients may live, with all their subdivisions; empty: anywhere.
    package var residences: [String] = []
    /// Whether the patient's consent must be stated and must not have ended.
    package var needsConsent = false

    package init() {}

    /// Why a submission or an amendment may not open a request; nil: it may, or it is another kind of event.
    ///
    /// - Complexity: O(residences).
    package func objection(to event: Event) -> Refusal? {
        guard let submission = event.message.submission else { return nil }
        if let objection = objection(to: submission) { return objection }
        return needsConsent ? objection(to: event.consent, at: event.time) : nil
    }

    private func objection(to submission: Submission) -> Refusal? {
        if let age = submission.age, !ages.contains(age) {
            return Refusal(.notEligible, at: "/data/patient/birthYear")
        }
        if !residences.isEmpty, let place = submission.residence, !admits(residence: place) {
            return Refusal(.notEligible, at: "/data/patient/residence")
        }
        return nil
    }

    private func admits(residence: String) -> Bool {
        residences.contains { $0 == residence || residence.hasPrefix($0 + "-") }
    }

    private func objection(to consent: Consent, at time: Moment) -> Refusal? {
        switch consent {
        case .missing: Refusal(.noConsent, at: "/data/consent")
        case .given(let until?) where until < time: Refusal(.noConsent, at: "/data/consent/until")
        case .given: nil
        }
    }
}
