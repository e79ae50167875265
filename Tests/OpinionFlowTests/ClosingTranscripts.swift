import OpinionFlow
import OpinionMatching
import Testing

/// Nobody is asked for a seat that is gone at the same moment.
@Suite("Panels that close")
struct ClosingTranscripts {
    @Test("a panel without a quorum is overdue and ends at that moment, and nobody is asked before")
    func withoutQuorum() {
        var policy = Story.policy
        policy.expiresAfter = 7 * Day.milliseconds
        let text = story(policy) {
            PanelTests.staff(&$0)
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1")
            ClockTests.hours(&$0, 168)
        }
        #expect(
            text.hasSuffix(
                """
                hour 168
                timer
                    rq#3 escalated: overdue [e6]
                    rq#4 rq/2/1 taken back from rita: request-expired [e6]
                    rq#5 closed: expired [e6]
                """
            ),
            "\(text)"
        )
    }

    @Test("an overdue panel whose reviewers contradict each other asks nobody to judge any more")
    func judge() {
        let text = story {
            PanelTests.staff(&$0)
            $0.profile("judy") { $0.organisation = "org-judy" }
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1")
            ClockTests.hours(&$0, 168)
            $0.deliver("rq/2/1") { $0.diagnosis = .changed }
        }
        #expect(
            text.hasSuffix(
                """
                e8 rq/1/1 delivered
                hour 168
                timer
                    rq#3 escalated: not-delivered, rq/2/1 of rita [e7]
                    rq#4 escalated: overdue [e7]
                    rq#5 rq/3/1 to judy as chair, medical-oncology for breast, who holds 0 of 1 [e7]
                    rq#6 rq/4/1 to sven as surgical-oncology for breast, who holds 0 of 1 [e7]
                    rq#7 rq/5/1 to raja as radiation-oncology for breast, who holds 0 of 1 [e7]
                e9 rq/2/1 delivered
                    rq#8 rq/3/1 taken back from judy: reported [e9]
                    rq#9 rq/4/1 taken back from sven: reported [e9]
                    rq#10 rq/5/1 taken back from raja: reported [e9]
                    rq#11 report: paul says confirmed, rita says changed after 168 h; divided: \
                changed, against it seat 1; missing [3, 4, 5, 6] [e9]
                """
            ),
            "\(text)"
        )
    }

    @Test("a panel that is confirmed when it has come due reports without asking for advice")
    func advice() {
        let text = story {
            PanelTests.staff(&$0)
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1")
            $0.wait(until: 168)
            $0.deliver("rq/2/1")
            $0.tick()
        }
        #expect(
            text.hasSuffix(
                """
                e7 rq/1/1 delivered
                hour 168
                e8 rq/2/1 delivered
                timer
                    rq#3 escalated: overdue [e6]
                    rq#4 report: paul says confirmed, rita says confirmed after 168 h; unanimous: \
                confirmed; missing [3, 4, 5] [e6]
                """
            ),
            "\(text)"
        )
    }
}
