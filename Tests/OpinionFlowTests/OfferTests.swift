import OpinionFlow
import OpinionMatching
import Testing

/// Offers, costs and limits as prose.
@Suite("Offers and costs")
struct OfferTests {
    private func story(_ body: (inout Story) -> Void) -> String {
        var policy = Story.policy
        policy.offersSeats = true
        var story = Story(policy: policy)
        body(&story)
        return story.text
    }

    private static func byHand(_ specialist: inout Specialist) { specialist.acceptance = .manual }

    @Test("an offer that is not accepted in time goes to somebody else")
    func timeOut() {
        let text = story {
            $0.profile("anna", Self.byHand)
            $0.submit("rq")
            $0.profile("bela", Self.byHand)
            $0.wait(until: 24)
            $0.tick()
            $0.accept("rq/1/1")
            $0.accept("rq/1/2")
            $0.wait(until: 72)
            $0.tick()
            $0.deliver("rq/1/2")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 offered to anna, who holds 0 of 1 [e2]
                e3 bela profiled
                hour 24
                timer
                    rq#2 rq/1/1 taken back from anna: timed-out [e2]
                    rq#3 rq/1/2 offered to bela, who holds 0 of 1 [e2]
                e4 rq/1/1 accepted: not-open at /data/assignmentId
                e5 rq/1/2 accepted
                hour 72
                nothing due
                e6 rq/1/2 delivered
                    rq#4 report: bela says confirmed after 72 h [e6]
                """
        )
    }

    @Test("who accepts by profile is given the seat, and an opinion accepts an offer")
    func automatic() {
        let text = story {
            $0.profile("anna")
            $0.submit("r1")
            $0.profile("anna") { $0.isActive = false }
            $0.profile("bela", Self.byHand)
            $0.submit("r2")
            $0.deliver("r2/1/1")
        }
        #expect(text.contains("r1#1 r1/1/1 to anna"))
        #expect(text.contains("r2#1 r2/1/1 offered to bela"))
        #expect(text.hasSuffix("r2#2 report: bela says confirmed after 0 h [e6]"))
    }

    @Test("an urgent offer ends sooner; nobody else there, it is made again")
    func alone() {
        let text = story {
            $0.profile("anna", Self.byHand)
            $0.submit("rq") { $0.priority = .stat }
            $0.wait(until: 1)
            $0.tick()
        }
        #expect(
            text.hasSuffix(
                """
                hour 1
                timer
                    rq#2 rq/1/1 taken back from anna: timed-out [e2]
                    rq#3 rq/1/2 offered to anna, who holds 0 of 1 [e2]
                """
            ),
            "\(text)"
        )
    }

    @Test("seats take the units that the policy says, and none is given for which there is no room")
    func costs() {
        var policy = Story.policy
        policy.costs.pathologyReview = 2
        var story = Story(policy: policy)
        story.profile("paul", units: 3) { $0.disciplines = ["pathology"] }
        story.submit("r1") { $0.kind = .pathologyReview }
        story.submit("r2") { $0.kind = .pathologyReview }
        story.submit("r3") { $0.disciplines = ["pathology"] }
        story.deliver("r1/1/1")
        #expect(
            story.text == """
                e1 paul profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to paul as pathology for breast, who holds 0 of 3 [e2]
                e3 r2 submitted
                    r2#1 waits: capacity 1 [e3]
                e4 r3 submitted
                    r3#1 r3/1/1 to paul as pathology for breast, who holds 2 of 3 [e4]
                e5 r1/1/1 delivered
                    r1#2 report: paul says confirmed after 0 h [e5]
                    r2#2 r2/1/1 to paul as pathology for breast, who holds 1 of 3 [e5]
                """
        )
    }
}
