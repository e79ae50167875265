import OpinionFlow
import OpinionMatching
import Testing

/// Whom the policy doesn't take.
@Suite("Requests that the policy refuses")
struct AdmissionTranscripts {
    @Test(
        "what opens a request may be refused; what repeats or amends one that was taken is not",
        arguments: [(Refusal.Reason.notEligible, "patient/birthYear"), (.noConsent, "consent")]
    )
    func objection(reason: Refusal.Reason, member: String) {
        let text = story {
            $0.profile("anna")
            $0.submit("r1")
            $0.gate { gates in
                if reason == .noConsent { gates.needsConsent = true } else { gates.ages = 0...17 }
            }
            $0.submit("r2") { $0.age = 18 }
            $0.amend("r3") { $0.age = 18 }
            $0.submit("r1")
            $0.amend("r1") { $0.questions = ["q1"] }
            $0.deliver("r1/1/1")
            $0.submit("r1")
            $0.withdraw("r4")
            $0.submit("r4")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 1 [e2]
                e3 r2 submitted: \(reason.rawValue) at /data/\(member)
                e4 r3 amended: \(reason.rawValue) at /data/\(member)
                e5 r1 submitted: duplicate
                e6 r1 amended
                e7 r1/1/1 delivered
                    r1#2 report: anna says confirmed after 0 h, unanswered q1 [e7]
                e8 r1 submitted: duplicate
                e9 r4 withdrawn
                    r4#1 closed: withdrawn [e9]
                e10 r4 submitted: superseded
                """
        )
    }
}
