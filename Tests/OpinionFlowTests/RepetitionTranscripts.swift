import OpinionFlow
import OpinionMatching
import Testing

/// Events that come again, and those that come too late for their seat.
@Suite("What is said twice")
struct RepetitionTranscripts {
    @Test("an event of the same source and id changes nothing; with other content it is a conflict")
    func sameID() {
        let text = story {
            $0.profile("anna")
            $0.submit("rq", id: "a")
            $0.submit("rq", id: "a")
            $0.submit("rq", id: "a") { $0.priority = .stat }
            $0.submit("other", id: "a")
            $0.decline("rq/1/1", for: .workload, id: "b")
            $0.decline("rq/1/1", for: .workload, id: "b")
        }
        #expect(
            text == """
                e1 anna profiled
                a rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [a]
                a rq submitted: duplicate
                a rq submitted: conflict at /id
                a other submitted: conflict at /id
                b rq/1/1 declined for workload
                    rq#2 rq/1/1 taken back from anna: declined [b]
                    rq#3 rq/1/2 to anna, who holds 0 of 1 [b]
                b rq/1/1 declined for workload: duplicate
                """
        )
    }

    @Test("a request submitted again is a duplicate or a conflict by its content")
    func sameRequest() {
        let text = story {
            $0.submit("rq")
            $0.submit("rq")
            $0.submit("rq") { $0.family = .lung }
            $0.amend("rq") { $0.family = .lung }
            $0.submit("rq") { $0.family = .lung }
            $0.submit("rq")
        }
        #expect(
            text == """
                e1 rq submitted
                    rq#1 unmatchable: nobody there [e1]
                e2 rq submitted: duplicate
                e3 rq submitted: conflict at /data/requestId
                e4 rq amended
                e5 rq submitted: duplicate
                e6 rq submitted: duplicate
                """
        )
    }

    @Test("a response to a seat that isn't open is refused, its repetition changes nothing")
    func notOpen() {
        let text = story {
            $0.deliver("rq/1/1")
            $0.profile("anna")
            $0.submit("rq")
            $0.deliver("rq/1/2")
            $0.deliver("rq/2/1")
            $0.deliver("rq/x/1")
            $0.deliver("rq/1/1", by: "bela")
            $0.deliver("rq/1/1", by: "anna")
            $0.deliver("rq/1/1", by: "anna")
            $0.deliver("rq/1/1") { $0.diagnosis = .changed }
            $0.decline("rq/1/1", for: .workload)
        }
        #expect(
            text == """
                e1 rq/1/1 delivered: not-open at /data/assignmentId
                e2 anna profiled
                e3 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e3]
                e4 rq/1/2 delivered: not-open at /data/assignmentId
                e5 rq/2/1 delivered: not-open at /data/assignmentId
                e6 rq/x/1 delivered: not-open at /data/assignmentId
                e7 rq/1/1 delivered by bela: wrong-specialist at /data/specialistId
                e8 rq/1/1 delivered by anna
                    rq#2 report: anna says confirmed after 0 h [e8]
                e9 rq/1/1 delivered by anna: duplicate
                e10 rq/1/1 delivered: not-open at /data/assignmentId
                e11 rq/1/1 declined for workload: not-open at /data/assignmentId
                """
        )
    }
}
