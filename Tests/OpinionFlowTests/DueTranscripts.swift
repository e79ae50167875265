import OpinionFlow
import OpinionMatching
import Testing

/// What a panel reports once it is due, and what it lacks.
@Suite("Panels that are due")
struct DueTranscripts {
    private static var expiring: Policy {
        var policy = Story.policy
        policy.expiresAfter = 7 * Day.milliseconds
        return policy
    }

    @Test("a panel that has a quorum reports when it is due, though it would end at that moment")
    func quorumBeforeEnd() {
        let text = story(Self.expiring) {
            PanelTests.staff(&$0)
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
            ClockTests.hours(&$0, 168)
        }
        #expect(
            text.hasSuffix(
                """
                hour 168
                timer
                    rq#6 escalated: overdue [e6]
                    rq#7 rq/3/1 taken back from mona: reported [e6]
                    rq#8 rq/4/1 taken back from sven: reported [e6]
                    rq#9 rq/5/1 taken back from raja: reported [e6]
                    rq#10 report: paul says confirmed, rita says confirmed after 0 h; unanimous: \
                confirmed; missing [3, 4, 5] [e6]
                """
            ),
            "\(text)"
        )
    }

    @Test("an overdue panel whose reviewers contradict each other reports, and says who is missing")
    func overdueContradiction() {
        let text = story {
            $0.profile("paul") { $0.disciplines = ["pathology"] }
            $0.profile("rita") { $0.disciplines = ["radiology"] }
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1")
            ClockTests.hours(&$0, 168)
            $0.deliver("rq/2/1") { $0.diagnosis = .changed }
        }
        #expect(
            text.hasSuffix(
                """
                e4 rq/1/1 delivered
                hour 168
                timer
                    rq#3 escalated: not-delivered, rq/2/1 of rita [e3]
                    rq#4 escalated: overdue [e3]
                    rq#5 unmatchable: discipline 2 [e3]
                    rq#6 unmatchable: discipline 2 [e3]
                    rq#7 unmatchable: discipline 2 [e3]
                e5 rq/2/1 delivered
                    rq#8 report: paul says confirmed, rita says changed after 168 h; divided: \
                changed, against it seat 1; missing [3, 4, 5, 6] [e5]
                """
            ),
            "\(text)"
        )
    }

    @Test("a panel that comes due while nobody judges reports, and says who is missing")
    func dueWithoutJudge() {
        let text = story {
            PanelTests.staff(&$0)
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
            $0.deliver("rq/3/1") { $0.treatment = .agree }
            $0.deliver("rq/4/1") { $0.treatment = .replace }
            $0.deliver("rq/5/1") { $0.treatment = .agree }
            ClockTests.hours(&$0, 168)
        }
        #expect(
            text.hasSuffix(
                """
                e10 rq/4/1 delivered
                    rq#6 unmatchable: discipline 2, independence 3 [e10]
                e11 rq/5/1 delivered
                hour 168
                timer
                    rq#7 escalated: waiting, seat 6 [e6]
                    rq#8 escalated: overdue [e6]
                    rq#9 report: paul says confirmed, rita says confirmed, mona says confirmed, \
                sven says confirmed, raja says confirmed after 0 h; majority: confirmed, agree, \
                against it seat 4; missing [6] [e6]
                """
            ),
            "\(text)"
        )
    }
}
