import OpinionFlow
import OpinionMatching
import Testing

/// Panels that come due while what was sent in time is still unread.
@Suite("Panels and what they still have to read")
struct BacklogTranscripts {
    /// Two have confirmed, three advise; then nothing is read until two hours after the panel was due.
    private static func outage(_ story: inout Story) {
        PanelTests.staff(&story)
        story.submit("rq", PanelTests.panel)
        story.deliver("rq/1/1")
        story.deliver("rq/2/1")
        story.wait(until: 170)
    }

    @Test("a panel that is due reads all that was sent in time before it reports")
    func opinions() {
        let text = story {
            Self.outage(&$0)
            for seat in 3...5 { $0.deliver("rq/\(seat)/1") }
            $0.tick()
        }
        #expect(
            text.hasSuffix(
                """
                hour 170
                e9 rq/3/1 delivered
                e10 rq/4/1 delivered
                e11 rq/5/1 delivered
                    rq#6 report: paul says confirmed, rita says confirmed, mona says confirmed, \
                sven says confirmed, raja says confirmed after 170 h; unanimous: confirmed [e11]
                nothing due
                """
            ),
            "\(text)"
        )
    }

    @Test("a panel that is given more time before its timer goes off doesn't report")
    func moreTime() {
        let text = story {
            Self.outage(&$0)
            $0.join("mike", "medical-oncology")
            $0.giveBack("rq/3/1")
            $0.deliver("rq/4/1")
            $0.amend("rq") {
                PanelTests.panel(&$0)
                $0.due = Story.begin.advanced(by: 10 * Day.milliseconds)
            }
            $0.tick()
        }
        #expect(
            text.hasSuffix(
                """
                hour 170
                e9 mike profiled
                e10 rq/3/1 given back
                    rq#6 rq/3/1 taken back from mona: given-back [e10]
                e11 rq/4/1 delivered
                e12 rq amended
                    rq#7 rq/3/2 to mike as chair, medical-oncology for breast, who holds 0 of 1 \
                [e12]
                timer
                    rq#8 escalated: not-delivered, rq/5/1 of raja [e12]
                """
            ),
            "\(text)"
        )
    }

    @Test(
        "a panel that has its quorum when it is due asks nobody any more",
        arguments: [false, true]
    )
    func noMore(isRestarted: Bool) {
        let text = story {
            Self.outage(&$0)
            $0.decline("rq/3/1", for: .workload)
            if isRestarted { $0.restart() }
            $0.join("mike", "medical-oncology")
            $0.tick()
        }
        #expect(
            text.hasSuffix(
                """
                hour 170
                e9 rq/3/1 declined for workload
                    rq#6 rq/3/1 taken back from mona: declined [e9]
                e10 mike profiled
                timer
                    rq#7 escalated: not-delivered, rq/4/1 of sven [e6]
                    rq#8 escalated: not-delivered, rq/5/1 of raja [e6]
                    rq#9 escalated: overdue [e6]
                    rq#10 rq/4/1 taken back from sven: reported [e6]
                    rq#11 rq/5/1 taken back from raja: reported [e6]
                    rq#12 report: paul says confirmed, rita says confirmed after 0 h; unanimous: \
                confirmed; missing [3, 4, 5] [e6]
                """
            ),
            "\(text)"
        )
    }

    @Test("a seat that is taken back when the panel reports is given to nobody else")
    func timedOut() {
        var policy = Story.policy
        policy.clocks[.deliver] = ClockLimits(reassignHours: [168, 168, 168, 168])
        let text = story(policy) {
            PanelTests.staff(&$0)
            $0.join("mike", "medical-oncology")
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
                    rq#6 escalated: overdue [e7]
                    rq#7 rq/3/1 taken back from mike: reported [e7]
                    rq#8 rq/4/1 taken back from sven: reported [e7]
                    rq#9 rq/5/1 taken back from raja: reported [e7]
                    rq#10 report: paul says confirmed, rita says confirmed after 0 h; unanimous: \
                confirmed; missing [3, 4, 5] [e7]
                """
            ),
            "\(text)"
        )
    }
}
