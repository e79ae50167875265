import OpinionFlow
import OpinionMatching
import Testing

/// Seats that are offered to several at once.
@Suite("Parallel offers")
struct RivalTranscripts {
    private static func policy(atOnce: Int = 2) -> Policy {
        var policy = Story.policy
        policy.offersSeats = true
        policy.offersAtOnce = atOnce
        return policy
    }

    /// Told twice, the second time with a restart after each line.
    private func story(
        atOnce: Int = 2,
        _ tell: (inout Story, (inout Story) -> Void) -> Void
    ) -> String {
        let policy = Self.policy(atOnce: atOnce)
        let live = OpinionFlowTests.story(policy) { tell(&$0) { _ in } }
        let restored = OpinionFlowTests.story(policy) { tell(&$0) { $0.restart() } }
        #expect(live == restored)
        return live
    }

    private static func byHand(_ specialist: inout Specialist) { specialist.acceptance = .manual }

    @Test("the first who accepts has the seat, and the others' units are free for who waits")
    func first() {
        let text = story(atOnce: 3) { story, pause in
            for name in ["anna", "bela", "carl", "dora"] { story.profile(name, Self.byHand) }
            story.submit("r1")
            story.submit("r2")
            pause(&story)
            story.submit("r3")
            pause(&story)
            story.accept("r1/1/2")
            pause(&story)
            story.deliver("r1/1/1")
            story.deliver("r1/1/2")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 bela profiled
                e3 carl profiled
                e4 dora profiled
                e5 r1 submitted
                    r1#1 r1/1/1 offered to bela, who holds 0 of 1 [e5]
                    r1#2 r1/1/2 offered to dora, who holds 0 of 1 [e5]
                    r1#3 r1/1/3 offered to anna, who holds 0 of 1 [e5]
                e6 r2 submitted
                    r2#1 r2/1/1 offered to carl, who holds 0 of 1 [e6]
                e7 r3 submitted
                    r3#1 waits: capacity 4 [e7]
                e8 r1/1/2 accepted
                    r1#4 r1/1/1 taken back from bela: accepted-elsewhere [e8]
                    r1#5 r1/1/3 taken back from anna: accepted-elsewhere [e8]
                    r3#2 r3/1/1 offered to bela, who holds 0 of 1 [e8]
                    r3#3 r3/1/2 offered to anna, who holds 0 of 1 [e8]
                e9 r1/1/1 delivered: not-open at /data/assignmentId
                e10 r1/1/2 delivered
                    r1#6 report: dora says confirmed after 0 h [e10]
                """
        )
    }

    @Test("nobody is asked beside others while a request waits for which nobody is asked")
    func waiting() {
        let text = story(atOnce: 3) { story, pause in
            for name in ["anna", "bela", "carl"] { story.profile(name, Self.byHand) }
            for request in ["r1", "r2", "r3"] { story.submit(request) }
            pause(&story)
            story.accept("r1/1/1")
        }
        #expect(
            text.hasSuffix(
                """
                e5 r2 submitted
                    r2#1 waits: capacity 3 [e5]
                e6 r3 submitted
                    r3#1 waits: capacity 3 [e6]
                e7 r1/1/1 accepted
                    r1#4 r1/1/2 taken back from anna: accepted-elsewhere [e7]
                    r1#5 r1/1/3 taken back from carl: accepted-elsewhere [e7]
                    r2#2 r2/1/1 offered to anna, who holds 0 of 1 [e7]
                    r3#2 r3/1/1 offered to carl, who holds 0 of 1 [e7]
                """
            ),
            "\(text)"
        )
    }

    @Test("an opinion accepts, and the report is of whoever gave it")
    func opinion() {
        let text = story { story, pause in
            for name in ["anna", "bela"] { story.profile(name, Self.byHand) }
            story.submit("rq")
            pause(&story)
            story.deliver("rq/1/2")
        }
        #expect(
            text.hasSuffix(
                """
                e3 rq submitted
                    rq#1 rq/1/1 offered to bela, who holds 0 of 1 [e3]
                    rq#2 rq/1/2 offered to anna, who holds 0 of 1 [e3]
                e4 rq/1/2 delivered
                    rq#3 rq/1/1 taken back from bela: accepted-elsewhere [e4]
                    rq#4 report: anna says confirmed after 0 h [e4]
                """
            ),
            "\(text)"
        )
    }

    @Test("for whoever declines one more is asked; when all have, somebody who did is asked again")
    func declined() {
        let text = story { story, pause in
            for name in ["anna", "bela", "carl"] { story.profile(name, Self.byHand) }
            story.submit("rq")
            story.decline("rq/1/1", for: .workload)
            pause(&story)
            story.decline("rq/1/3", for: .conflict)
            pause(&story)
            story.decline("rq/1/2", for: .conflict)
            pause(&story)
            story.giveBack("rq/1/4")
        }
        #expect(
            text.hasSuffix(
                """
                e4 rq submitted
                    rq#1 rq/1/1 offered to carl, who holds 0 of 1 [e4]
                    rq#2 rq/1/2 offered to bela, who holds 0 of 1 [e4]
                e5 rq/1/1 declined for workload
                    rq#3 rq/1/1 taken back from carl: declined [e5]
                    rq#4 rq/1/3 offered to anna, who holds 0 of 1 [e5]
                e6 rq/1/3 declined for conflict
                    rq#5 rq/1/3 taken back from anna: declined [e6]
                e7 rq/1/2 declined for conflict
                    rq#6 rq/1/2 taken back from bela: declined [e7]
                    rq#7 rq/1/4 offered to carl, who holds 0 of 1 [e7]
                e8 rq/1/4 given back
                    rq#8 rq/1/4 taken back from carl: given-back [e8]
                    rq#9 unmatchable: excluded 3 [e8]
                """
            ),
            "\(text)"
        )
    }

    @Test("offers that nobody accepts in time end one by one, and it is one wait")
    func timeOut() {
        let text = story { story, pause in
            for name in ["anna", "bela", "carl"] { story.profile(name, Self.byHand) }
            story.submit("rq") { $0.priority = .urgent }
            story.wait(until: 4)
            story.tick()
            pause(&story)
            story.wait(until: 8)
            story.tick()
            pause(&story)
            story.wait(until: 24)
            story.tick()
        }
        #expect(
            text.hasSuffix(
                """
                e4 rq submitted
                    rq#1 rq/1/1 offered to carl, who holds 0 of 1 [e4]
                    rq#2 rq/1/2 offered to bela, who holds 0 of 1 [e4]
                hour 4
                timer
                    rq#3 reminder: accept, rq/1/1 of carl [e4]
                    rq#4 reminder: accept, rq/1/2 of bela [e4]
                hour 8
                timer
                    rq#5 rq/1/1 taken back from carl: timed-out [e4]
                    rq#6 rq/1/3 offered to anna, who holds 0 of 1 [e4]
                    rq#7 rq/1/2 taken back from bela: timed-out [e4]
                hour 24
                timer
                    rq#8 rq/1/3 taken back from anna: timed-out [e4]
                    rq#9 rq/1/4 offered to carl, who holds 0 of 1 [e4]
                    rq#10 escalated: waiting, seat 1 [e4]
                """
            ),
            "\(text)"
        )
    }

    @Test(
        "whoever needn't be asked would make the others' offers void, so nobody is asked beside them"
    )
    func automatic() {
        let text = story(atOnce: 3) { story, _ in
            story.profile("anna", Self.byHand)
            story.profile("bela")
            story.submit("r1")
            story.submit("r2")
        }
        #expect(
            text.hasSuffix(
                """
                e3 r1 submitted
                    r1#1 r1/1/1 to bela, who holds 0 of 1 [e3]
                e4 r2 submitted
                    r2#1 r2/1/1 offered to anna, who holds 0 of 1 [e4]
                """
            ),
            "\(text)"
        )
    }

    @Test("an amendment takes the offers back from those alone who no longer suit")
    func amended() {
        let text = story { story, pause in
            for name in ["anna", "bela", "carl"] { story.profile(name, Self.byHand) }
            story.submit("rq")
            story.amend("rq") { $0.excluded = ["bela"].map(Specialist.ID.init) }
            pause(&story)
            story.amend("rq") { $0.excluded = ["anna", "bela", "carl"].map(Specialist.ID.init) }
            story.profile("dora", Self.byHand)
        }
        #expect(
            text.hasSuffix(
                """
                e4 rq submitted
                    rq#1 rq/1/1 offered to carl, who holds 0 of 1 [e4]
                    rq#2 rq/1/2 offered to bela, who holds 0 of 1 [e4]
                e5 rq amended
                    rq#3 rq/1/2 taken back from bela: amended [e5]
                    rq#4 rq/1/3 offered to anna, who holds 0 of 1 [e5]
                e6 rq amended
                    rq#5 rq/1/1 taken back from carl: amended [e6]
                    rq#6 rq/1/3 taken back from anna: amended [e6]
                    rq#7 unmatchable: excluded 3 [e6]
                e7 dora profiled
                    rq#8 rq/1/4 offered to dora, who holds 0 of 1 [e7]
                """
            ),
            "\(text)"
        )
    }

    @Test("whoever leaves while thinking about it is out; the others aren't asked anew")
    func retired() {
        let text = story { story, pause in
            for name in ["anna", "bela", "carl", "dora"] { story.profile(name, Self.byHand) }
            story.submit("rq")
            story.retire("dora")
            pause(&story)
            story.pass(seconds: 60)
            story.accept("rq/1/2")
        }
        #expect(
            text.contains(
                """
                    rq#3 rq/1/1 taken back from dora: specialist-retired [e5]
                    rq#4 rq/1/3 offered to bela, who holds 0 of 1 [e5]
                e6 rq/1/2 accepted
                    rq#5 rq/1/3 taken back from bela: accepted-elsewhere [e6]
                """
            ),
            "\(text)"
        )
    }

    @Test("a panel takes the place of the offers, and each of its seats is offered to one")
    func panel() {
        let text = story { story, pause in
            for name in ["anna", "bela"] { story.profile(name, Self.byHand) }
            for name in ["paul", "petra"] {
                story.profile(name) {
                    $0.disciplines = ["pathology"]; $0.acceptance = .manual
                }
            }
            story.submit("rq") { $0.disciplines = ["medical-oncology"] }
            pause(&story)
            story.amend("rq") { $0.kind = .panel }
        }
        #expect(
            text.hasSuffix(
                """
                e6 rq amended
                    rq#3 rq/1/1 taken back from bela: amended [e6]
                    rq#4 rq/1/2 taken back from anna: amended [e6]
                    rq#5 rq/2/1 offered to paul as pathology for breast, who holds 0 of 1 [e6]
                    rq#6 unmatchable: discipline 4 [e6]
                """
            ),
            "\(text)"
        )
    }

    @Test("whom an operator names is asked alone: of those who are asked, or another")
    func directed() {
        let text = story { story, pause in
            for name in ["anna", "bela", "carl"] { story.profile(name, Self.byHand) }
            story.submit("rq")
            pause(&story)
            story.direct("rq", to: "bela")
            pause(&story)
            story.submit("r2")
            story.withdraw("r2")
            story.direct("rq", to: "carl")
        }
        #expect(
            text.hasSuffix(
                """
                e4 rq submitted
                    rq#1 rq/1/1 offered to carl, who holds 0 of 1 [e4]
                    rq#2 rq/1/2 offered to bela, who holds 0 of 1 [e4]
                e5 rq directed to bela
                    rq#3 rq/1/1 taken back from carl: directed [e5]
                e6 r2 submitted
                    r2#1 r2/1/1 offered to anna, who holds 0 of 1 [e6]
                    r2#2 r2/1/2 offered to carl, who holds 0 of 1 [e6]
                e7 r2 withdrawn
                    r2#3 r2/1/1 taken back from anna: request-withdrawn [e7]
                    r2#4 r2/1/2 taken back from carl: request-withdrawn [e7]
                    r2#5 closed: withdrawn [e7]
                e8 rq directed to carl
                    rq#4 rq/1/2 taken back from bela: directed [e8]
                    rq#5 rq/1/3 offered to carl, who holds 0 of 1, by op-1 for continuity [e8]
                """
            ),
            "\(text)"
        )
    }

    @Test("an operator's word takes a seat from all who are asked for it")
    func directedElsewhere() {
        let text = story { story, pause in
            for name in ["anna", "bela", "carl"] { story.profile(name, Self.byHand) }
            story.submit("rq")
            pause(&story)
            story.direct("rq", to: "anna")
            pause(&story)
            story.decline("rq/1/1", for: .workload)
            story.decline("rq/1/3", for: .workload)
        }
        #expect(
            text.hasSuffix(
                """
                e5 rq directed to anna
                    rq#3 rq/1/2 taken back from bela: directed [e5]
                    rq#4 rq/1/1 taken back from carl: directed [e5]
                    rq#5 rq/1/3 offered to anna, who holds 0 of 1, by op-1 for continuity [e5]
                e6 rq/1/1 declined for workload: not-open at /data/assignmentId
                e7 rq/1/3 declined for workload
                    rq#6 rq/1/3 taken back from anna: declined [e7]
                    rq#7 rq/1/4 offered to carl, who holds 0 of 1 [e7]
                    rq#8 rq/1/5 offered to bela, who holds 0 of 1 [e7]
                """
            ),
            "\(text)"
        )
    }

    @Test("a withdrawal takes all offers back")
    func withdrawn() {
        let text = story { story, pause in
            for name in ["anna", "bela"] { story.profile(name, Self.byHand) }
            story.submit("rq")
            pause(&story)
            story.withdraw("rq")
            story.submit("r2")
        }
        #expect(
            text.hasSuffix(
                """
                e4 rq withdrawn
                    rq#3 rq/1/1 taken back from bela: request-withdrawn [e4]
                    rq#4 rq/1/2 taken back from anna: request-withdrawn [e4]
                    rq#5 closed: withdrawn [e4]
                e5 r2 submitted
                    r2#1 r2/1/1 offered to anna, who holds 0 of 1 [e5]
                    r2#2 r2/1/2 offered to bela, who holds 0 of 1 [e5]
                """
            ),
            "\(text)"
        )
    }
}
