import OpinionFlow
import OpinionMatching
import Testing

/// A request says something else than before, in whatever order that arrives.
@Suite("Amendments")
struct AmendmentTranscripts {
    @Test("an amendment of an unknown request is its submission")
    func amendedFirst() {
        let text = story {
            $0.profile("anna")
            $0.amend("rq")
            $0.submit("rq")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq amended
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e2]
                e3 rq submitted: superseded
                """
        )
    }

    @Test(
        "a patient has waited since the submission, even if its amendment came first and says the same"
    )
    func overtakenBySame() {
        let text = story {
            $0.profile("anna")
            $0.wait(until: 3)
            $0.amend("rq", at: 2)
            $0.submit("rq", at: 1)
            $0.deliver("rq/1/1")
        }
        #expect(
            text == """
                e1 anna profiled
                hour 3
                e2 rq amended
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e2]
                e3 rq submitted: superseded
                e4 rq/1/1 delivered
                    rq#2 report: anna says confirmed after 2 h [e4]
                """
        )
    }

    @Test("a submission that its own amendment overtook changes nothing, and is no conflict")
    func overtaken() {
        let text = story {
            $0.profile("anna")
            $0.wait(until: 3)
            $0.amend("rq", at: 2)
            $0.submit("rq", at: 1) { $0.languages = ["kn"] }
            $0.submit("rq", at: 1) { $0.languages = ["ta"] }
        }
        #expect(
            text == """
                e1 anna profiled
                hour 3
                e2 rq amended
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e2]
                e3 rq submitted: superseded
                e4 rq submitted: conflict at /data/requestId
                """
        )
    }

    @Test("a seat that no longer suits is taken back, filled anew, and the unit goes on")
    func amended() {
        let text = story {
            $0.profile("anna")
            $0.profile("bela") { $0.languages = ["kn"] }
            $0.submit("r1") { $0.excluded = [Specialist.ID("bela")] }
            $0.submit("r2") { $0.excluded = [Specialist.ID("bela")] }
            $0.amend("r1") { $0.languages = ["kn"] }
            $0.amend("r1") { $0.languages = ["kn-IN"] }
        }
        #expect(
            text == """
                e1 anna profiled
                e2 bela profiled
                e3 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 1 [e3]
                e4 r2 submitted
                    r2#1 waits: excluded 1, capacity 1 [e4]
                e5 r1 amended
                    r1#2 r1/1/1 taken back from anna: amended [e5]
                    r1#3 r1/1/2 to bela, who holds 0 of 1, in kn [e5]
                    r2#2 r2/1/1 to anna, who holds 0 of 1 [e5]
                e6 r1 amended
                """
        )
    }

    @Test("of amendments the later time wins, in whatever order they arrive")
    func reordered() {
        let text = story {
            $0.profile("anna")
            $0.profile("bela") { $0.languages = ["kn"] }
            $0.submit("rq", at: 0) { $0.excluded = [Specialist.ID("bela")] }
            $0.wait(until: 3)
            $0.amend("rq", at: 2) { $0.languages = ["kn"] }
            $0.amend("rq", at: 1) { $0.excluded = [Specialist.ID("bela")] }
            $0.amend("rq", at: 2) { $0.excluded = [Specialist.ID("bela")] }
        }
        #expect(
            text == """
                e1 anna profiled
                e2 bela profiled
                e3 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e3]
                hour 3
                e4 rq amended
                    rq#2 rq/1/1 taken back from anna: amended [e4]
                    rq#3 rq/1/2 to bela, who holds 0 of 1, in kn [e4]
                e5 rq amended: superseded
                e6 rq amended
                    rq#4 rq/1/2 taken back from bela: amended [e6]
                    rq#5 rq/1/3 to anna, who holds 0 of 1 [e6]
                """
        )
    }

    @Test("a waiting request that is amended is looked at again")
    func amendedWaiting() {
        let text = story {
            $0.profile("anna")
            $0.submit("rq") { $0.languages = ["kn"] }
            $0.amend("rq") { $0.languages = ["ta"] }
            $0.amend("rq") { $0.family = .lung }
            $0.amend("rq")
            $0.profile("anna") { $0.languages = ["en"] }
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 unmatchable: language 1 [e2]
                e3 rq amended
                e4 rq amended
                    rq#2 unmatchable: expertise 1 [e4]
                e5 rq amended
                    rq#3 rq/1/1 to anna, who holds 0 of 1 [e5]
                e6 anna profiled
                """
        )
    }
}
