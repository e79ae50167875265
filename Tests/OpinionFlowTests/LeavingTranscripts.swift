import OpinionFlow
import OpinionMatching
import Testing

/// Who declines, who gives a seat back, and requests that are withdrawn.
@Suite("Seats and requests that are given up")
struct LeavingTranscripts {
    // MARK: Declining

    @Test("who declines for a conflict is not asked again")
    func conflict() {
        let text = story {
            $0.profile("anna", units: 2)
            $0.submit("rq")
            $0.decline("rq/1/1", for: .conflict)
            $0.profile("anna", units: 3)
            $0.profile("bela", units: 2)
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 2 [e2]
                e3 rq/1/1 declined for conflict
                    rq#2 rq/1/1 taken back from anna: declined [e3]
                    rq#3 unmatchable: excluded 1 [e3]
                e4 anna profiled
                e5 bela profiled
                    rq#4 rq/1/2 to bela, who holds 0 of 2 [e5]
                """
        )
    }

    @Test("who declines for workload is asked again when nobody else can")
    func workload() {
        let text = story {
            $0.profile("anna")
            $0.profile("bela") { $0.absences = [Story.absence(from: 0, to: 2)] }
            $0.submit("rq")
            $0.decline("rq/1/1", for: .workload)
            $0.wait(until: 2)
            $0.decline("rq/1/2", for: .scope)
        }
        #expect(
            text == """
                e1 anna profiled
                e2 bela profiled
                e3 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e3]
                e4 rq/1/1 declined for workload
                    rq#2 rq/1/1 taken back from anna: declined [e4]
                    rq#3 rq/1/2 to anna, who holds 0 of 1 [e4]
                hour 2
                e5 rq/1/2 declined for scope
                    rq#4 rq/1/2 taken back from anna: declined [e5]
                    rq#5 rq/1/3 to bela, who holds 0 of 1 [e5]
                """
        )
    }

    @Test("who gives a seat back doesn't get it again, and serves who waits")
    func givenBack() {
        let text = story {
            $0.profile("anna")
            $0.submit("r1")
            $0.submit("r2")
            $0.giveBack("r1/1/1")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 1 [e2]
                e3 r2 submitted
                    r2#1 waits: capacity 1 [e3]
                e4 r1/1/1 given back
                    r1#2 r1/1/1 taken back from anna: given-back [e4]
                    r1#3 unmatchable: excluded 1 [e4]
                    r2#2 r2/1/1 to anna, who holds 0 of 1 [e4]
                """
        )
    }

    // MARK: Withdrawing

    @Test("a request is withdrawn while it waits, and once only")
    func withdrawn() {
        let text = story {
            $0.submit("rq")
            $0.withdraw("rq")
            $0.withdraw("rq")
            $0.amend("rq") { $0.priority = .stat }
            $0.profile("anna")
        }
        #expect(
            text == """
                e1 rq submitted
                    rq#1 unmatchable: nobody there [e1]
                e2 rq withdrawn
                    rq#2 closed: withdrawn [e2]
                e3 rq withdrawn: superseded
                e4 rq amended: superseded
                e5 anna profiled
                """
        )
    }

    @Test("a withdrawal that overtook its submission keeps it withdrawn")
    func foreclosed() {
        let text = story {
            $0.profile("anna")
            $0.withdraw("rq")
            $0.submit("rq")
            $0.submit("rq")
            $0.submit("rq") { $0.priority = .stat }
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq withdrawn
                    rq#1 closed: withdrawn [e2]
                e3 rq submitted: superseded
                e4 rq submitted: duplicate
                e5 rq submitted: conflict at /data/requestId
                """
        )
    }
}
