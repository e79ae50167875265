import OpinionFlow
import OpinionMatching
import Testing

/// What is told of a wait counts for that wait only.
@Suite("Waits that are told of")
struct WaitTranscripts {
    @Test("a seat that waits a second time is told of again, though another has waited all along")
    func again() {
        let text = story {
            $0.profile("rita") { $0.disciplines = ["radiology"] }
            $0.submit("rq", PanelTests.panel)
            $0.wait(until: 20)
            $0.giveBack("rq/2/1")
            ClockTests.hours(&$0, 48)
            $0.wait(until: 50)
            $0.profile("paul") { $0.disciplines = ["pathology"] }
            $0.wait(until: 60)
            $0.giveBack("rq/1/1")
            ClockTests.hours(&$0, 68, 107)
            $0.profile("ruth") { $0.disciplines = ["radiology"] }
            ClockTests.hours(&$0, 108)
        }
        #expect(
            text == """
                e1 rita profiled
                e2 rq submitted
                    rq#1 unmatchable: discipline 1 [e2]
                    rq#2 rq/2/1 to rita as radiology for breast, who holds 0 of 1 [e2]
                hour 20
                e3 rq/2/1 given back
                    rq#3 rq/2/1 taken back from rita: given-back [e3]
                    rq#4 unmatchable: excluded 1 [e3]
                hour 48
                timer
                    rq#5 escalated: waiting, seat 1 [e2]
                hour 50
                e4 paul profiled
                    rq#6 rq/1/1 to paul as pathology for breast, who holds 0 of 1 [e4]
                    rq#7 unmatchable: discipline 1, excluded 1 [e2]
                hour 60
                e5 rq/1/1 given back
                    rq#8 rq/1/1 taken back from paul: given-back [e5]
                    rq#9 unmatchable: discipline 1, excluded 1 [e5]
                hour 68
                timer
                    rq#10 escalated: waiting, seat 2 [e2]
                hour 107
                nothing due
                e6 ruth profiled
                    rq#11 rq/2/2 to ruth as radiology for breast, who holds 0 of 1 [e6]
                hour 108
                timer
                    rq#12 escalated: waiting, seat 1 [e2]
                """
        )
    }

    @Test("to have waited for records doesn't count when the seat waits for somebody")
    func afterRecords() {
        var policy = Story.policy
        policy.records.required = ["path-report"]
        let text = story(policy) {
            $0.submit("rq") { $0.priority = .stat }
            ClockTests.hours(&$0, 6)
            $0.amend("rq") {
                $0.priority = .stat
                $0.records = ["path-report"]
            }
            ClockTests.hours(&$0, 9, 10)
        }
        #expect(
            text == """
                e1 rq submitted
                    rq#1 awaits path-report [e1]
                hour 6
                timer
                    rq#2 escalated: awaiting-records [e1]
                e2 rq amended
                    rq#3 unmatchable: nobody there [e2]
                hour 9
                nothing due
                hour 10
                timer
                    rq#4 escalated: waiting, seat 1 [e2]
                """
        )
    }
}
