import OpinionFlow
import Testing

/// Limits are passed as far as the inputs were read.
@Suite("Timers and inputs")
struct TimerTranscripts {
    @Test("timers go off as far as the inputs were read, however far decisions are")
    func unread() {
        let text = story {
            $0.profile("anna", units: 2)
            $0.submit("r1") { $0.priority = .stat }
            $0.wait(until: 3)
            $0.submit("r2") { $0.priority = .stat }
            $0.wait(until: 30)
            $0.withdraw("other")
            ClockTests.hours(&$0, 13)
            $0.deliver("r1/1/1")
            $0.deliver("r2/1/1")
            ClockTests.hours(&$0, 30)
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 2 [e2]
                hour 3
                e3 r2 submitted
                    r2#1 r2/1/1 to anna, who holds 1 of 2 [e3]
                hour 30
                e4 other withdrawn
                    other#1 closed: withdrawn [e4]
                hour 13
                timer
                    r1#2 reminder: deliver, r1/1/1 of anna [e2]
                e5 r1/1/1 delivered
                    r1#3 report: anna says confirmed after 13 h [e5]
                e6 r2/1/1 delivered
                    r2#2 report: anna says confirmed after 10 h [e6]
                hour 30
                nothing due
                """
        )
    }
}
