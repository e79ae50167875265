internal import OpinionFlow
internal import OpinionMatching

extension Consent {
    /// Checks the member `consent` of a submission's data and reads what the policy's gates look at.
    init(of data: JSONValue) throws(Refusal) {
        let until = try data.object("consent") { (consent) throws(Refusal) in
            _ = try consent.required("ref", \.referenceBytes)
            return try consent.optional("until", \.moment)
        }
        guard let until else { self = .missing; return }
        self = .given(until: until)
    }
}
