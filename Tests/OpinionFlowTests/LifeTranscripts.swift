import OpinionFlow
import OpinionMatching
import Testing

/// From a request to its report, and what is told of those who wait.
@Suite("The usual life, and waiting")
struct LifeTranscripts {
    // MARK: The usual life

    @Test("a request is assigned, answered and reported")
    func usual() {
        let text = story {
            $0.profile("anna", units: 2)
            $0.submit("rq") { $0.questions = ["q1", "q2"] }
            $0.accept("rq/1/1")
            $0.wait(until: 5)
            $0.deliver("rq/1/1", by: "anna") { $0.answers = ["q2"] }
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 2 [e2]
                e3 rq/1/1 accepted
                hour 5
                e4 rq/1/1 delivered by anna
                    rq#2 report: anna says confirmed after 5 h, unanswered q1 [e4]
                """
        )
    }

    @Test("the least utilised is chosen, and the language is the first that both know")
    func ranking() {
        let text = story {
            $0.profile("anna", units: 4) { $0.languages = ["kn"] }
            $0.profile("bela", units: 2) { $0.languages = ["en", "hi"] }
            $0.submit("r1") { $0.languages = ["hi-IN"] }
            $0.submit("r2") { $0.languages = ["ta", "kn-IN", "en"] }
            $0.submit("r3") { $0.languages = ["ta", "kn-IN", "en-GB"] }
        }
        #expect(
            text == """
                e1 anna profiled
                e2 bela profiled
                e3 r1 submitted
                    r1#1 r1/1/1 to bela, who holds 0 of 2, in hi-IN [e3]
                e4 r2 submitted
                    r2#1 r2/1/1 to anna, who holds 0 of 4, in kn-IN, step 0, for language 500 [e4]
                e5 r3 submitted
                    r3#1 r3/1/1 to anna, who holds 1 of 4, in kn-IN, step 0, for language 500 [e5]
                """
        )
    }

    // MARK: Waiting

    @Test("nobody eligible is unmatchable until a profile arrives")
    func unmatchable() {
        let text = story {
            $0.submit("rq")
            $0.profile("anna") { $0.expertise = [] }
            $0.profile("bela")
        }
        #expect(
            text == """
                e1 rq submitted
                    rq#1 unmatchable: nobody there [e1]
                e2 anna profiled
                    rq#2 unmatchable: expertise 1 [e1]
                e3 bela profiled
                    rq#3 rq/1/1 to bela, who holds 0 of 1 [e3]
                """
        )
    }

    @Test("a freed unit goes to who waits, because of the response that freed it")
    func freed() {
        let text = story {
            $0.profile("anna")
            $0.submit("r1")
            $0.submit("r2")
            $0.submit("r3") { $0.priority = .stat }
            $0.deliver("r1/1/1")
            $0.withdraw("r3")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 1 [e2]
                e3 r2 submitted
                    r2#1 waits: capacity 1 [e3]
                e4 r3 submitted
                    r3#1 waits: capacity 1 [e4]
                e5 r1/1/1 delivered
                    r1#2 report: anna says confirmed after 0 h [e5]
                    r3#2 r3/1/1 to anna, who holds 0 of 1 [e5]
                e6 r3 withdrawn
                    r3#3 r3/1/1 taken back from anna: request-withdrawn [e6]
                    r3#4 closed: withdrawn [e6]
                    r2#2 r2/1/1 to anna, who holds 0 of 1 [e6]
                """
        )
    }

    @Test("waiting is told again only when its rules have changed")
    func toldAgain() {
        let text = story {
            $0.profile("anna", units: 0)
            $0.submit("rq")
            $0.profile("bela", units: 0)
            $0.profile("carl") { $0.expertise = [] }
            $0.retire("anna")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 waits: capacity 1 [e2]
                e3 bela profiled
                e4 carl profiled
                    rq#2 waits: expertise 1, capacity 2 [e2]
                anna retired
                """
        )
    }
}
