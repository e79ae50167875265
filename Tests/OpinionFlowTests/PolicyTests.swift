import OpinionFlow
import OpinionMatching
import Testing

/// What another policy changes for requests that are open when it comes.
@Suite("Another policy between two events")
struct PolicyTests {
    private func story(_ tell: (inout Story) -> Void) -> String {
        var story = Story()
        tell(&story)
        return story.text
    }

    @Test(
        "who waits is looked at again: a lower level serves them, a higher one doesn't take seats"
    )
    func levels() {
        let text = story {
            $0.profile("anna")
            $0.submit("r1")
            $0.adopt("strict") { $0.matching.minimumLevel = 4 }
            $0.profile("bela")
            $0.submit("r2")
            $0.adopt("usual") { $0.matching.minimumLevel = 1 }
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 1 [e2]
                policy strict
                e3 bela profiled
                e4 r2 submitted
                    r2#1 unmatchable: expertise 2 [e4]
                policy usual
                    r2#2 r2/1/1 to bela, who holds 0 of 1 [e4]
                """
        )
    }

    @Test("the disciplines of a review are the new policy's")
    func disciplines() {
        let text = story {
            $0.profile("anna") { $0.disciplines = ["cytopathology"] }
            $0.submit("rq") { $0.kind = .pathologyReview }
            $0.adopt("wide") { $0.pathologyDisciplines = ["cytopathology"] }
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 unmatchable: discipline 1 [e2]
                policy wide
                    rq#2 rq/1/1 to anna as cytopathology for breast, who holds 0 of 1 [e2]
                """
        )
    }

    @Test("another head start changes who is served first, and nobody is lost from the queue")
    func headStart() {
        let text = story {
            $0.profile("anna")
            $0.submit("r0")
            $0.submit("slow")
            $0.wait(until: 10)
            $0.submit("fast") { $0.priority = .urgent }
            $0.adopt("no head start") { $0.headStart = 0 }
            $0.deliver("r0/1/1")
            $0.deliver("slow/1/1")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r0 submitted
                    r0#1 r0/1/1 to anna, who holds 0 of 1 [e2]
                e3 slow submitted
                    slow#1 waits: capacity 1 [e3]
                hour 10
                e4 fast submitted
                    fast#1 waits: capacity 1 [e4]
                policy no head start
                e5 r0/1/1 delivered
                    r0#2 report: anna says confirmed after 10 h [e5]
                    slow#2 slow/1/1 to anna, who holds 0 of 1 [e5]
                e6 slow/1/1 delivered
                    slow#3 report: anna says confirmed after 10 h [e6]
                    fast#2 fast/1/1 to anna, who holds 0 of 1 [e6]
                """
        )
    }

    @Test("the same policy again changes nothing and says nothing")
    func same() {
        let text = story {
            $0.submit("rq")
            $0.adopt("test") { _ in }
        }
        #expect(
            text == """
                e1 rq submitted
                    rq#1 unmatchable: nobody there [e1]
                policy test
                """
        )
    }
}
