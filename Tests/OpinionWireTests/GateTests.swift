import OpinionFlow
import OpinionMatching
import OpinionWire
import Testing

/// Requests that the policy doesn't take are refused with a code and a place.
@Suite("Gates")
struct GateTests {
    private static let consent = #""consent":{"ref":"c/1","until":"2026-11-22T10:00:00Z"},"#

    private func gates(_ set: (inout GatePolicy) -> Void) -> GatePolicy {
        var gates = GatePolicy()
        set(&gates)
        return gates
    }

    private func reading(_ members: String) -> Result<Event, Refusal> {
        let text = """
            {"specversion":"1.0","id":"e","source":"/s","type":"org.opiniond.request.submitted.v1",\
            "time":"2026-11-22T10:00:00.000Z","data":{"requestId":"rq","networkId":"net",\(members)\
            "patient":{"birthYear":2010,"residence":"IN-KA"},"conditions":[{"role":"primary",\
            "code":{"system":"http://hl7.org/fhir/sid/icd-10","code":"C50.9"}}]}}
            """
        let record = Record(
            topic: Topic.requests,
            partition: 0,
            offset: 0,
            timestamp: 0,
            key: nil,
            value: Array(text.utf8)
        )
        do throws(Refusal) {
            return .success(
                try EventReader(ReaderSettings(policy: Examples.policy)).event(
                    record,
                    from: .requests
                )
            )
        } catch {
            return .failure(error)
        }
    }

    private func refusal(
        _ members: String = "",
        _ set: (inout GatePolicy) -> Void
    ) -> Refusal? {
        switch reading(members) {
        case .failure(let refusal): refusal
        case .success(let event): gates(set).objection(to: event)
        }
    }

    @Test("by default all are taken")
    func open() {
        #expect(refusal { _ in } == nil)
    }

    @Test("age: both ends are taken")
    func age() {
        let young = Refusal(.notEligible, at: "/data/patient/birthYear")
        #expect(refusal { $0.ages = 17...130 } == young)
        #expect(refusal { $0.ages = 0...15 } == young)
        #expect(refusal { $0.ages = 16...16 } == nil)
    }

    @Test("residence: a country has its subdivisions, not the other way")
    func residence() {
        let elsewhere = Refusal(.notEligible, at: "/data/patient/residence")
        #expect(refusal { $0.residences = ["DE", "IN"] } == nil)
        #expect(refusal { $0.residences = ["IN-KA"] } == nil)
        #expect(refusal { $0.residences = ["IN-K", "DE"] } == elsewhere)
    }

    @Test("consent: must be there, and last until the request was made")
    func consent() {
        #expect(refusal { $0.needsConsent = true } == Refusal(.noConsent, at: "/data/consent"))
        #expect(refusal(Self.consent) { $0.needsConsent = true } == nil)
        let ended = Self.consent.replacing("10:00:00Z", with: "09:59:59Z")
        #expect(
            refusal(ended) { $0.needsConsent = true }
                == Refusal(.noConsent, at: "/data/consent/until")
        )
        #expect(refusal(ended) { _ in } == nil)
    }

    @Test("a class of records counts of which none is said to be incomplete")
    func records() throws {
        let records = """
            "records":[{"id":"1","class":"imaging","complete":false},{"id":"2","class":"notes"},\
            {"id":"3","class":"path-report","complete":true},{"id":"4","class":"notes"},{"id":"5"},\
            {"id":"6","class":"imaging","complete":true},{"id":"7","class":"lab"},\
            {"id":"8","class":"lab","complete":false}],
            """
        guard case .submitted(let submission) = try reading(records).get().message else {
            Issue.record("no submission")
            return
        }
        #expect(submission.records == ["notes", "path-report"])
    }
}
