import OpinionFlow
import OpinionMatching
import Testing

/// An operator directs a seat to a named specialist: never against a hard rule, always told.
@Suite("Directed seats")
struct DirectingTranscripts {
    /// Anna has the seat of "rq", who alone speaks Kannada, and "r2" waits for that; bela could take "rq".
    private static func busy(_ story: inout Story) {
        story.join("anna", "medical-oncology", speaking: ["en", "kn"])
        story.submit("rq")
        story.submit("r2") { $0.languages = ["kn"] }
        story.join("bela", "medical-oncology", speaking: ["en"])
    }

    @Test("the seat is taken back first, then given; whoever lost it serves who waits")
    func held() {
        let text = story {
            Self.busy(&$0)
            $0.direct("rq", seat: 1, to: "bela")
            $0.deliver("rq/1/1")
            $0.deliver("rq/1/2", by: "bela")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e2]
                e3 r2 submitted
                    r2#1 waits: capacity 1 [e3]
                e4 bela profiled
                    r2#2 waits: language 1, capacity 1 [e3]
                e5 rq seat 1 directed to bela
                    rq#2 rq/1/1 taken back from anna: directed [e5]
                    rq#3 rq/1/2 to bela, who holds 0 of 1, by op-1 for continuity [e5]
                    r2#3 r2/1/1 to anna, who holds 0 of 1, in kn [e5]
                e6 rq/1/1 delivered: not-open at /data/assignmentId
                e7 rq/1/2 delivered by bela
                    rq#4 report: bela says confirmed after 0 h [e7]
                """
        )
    }

    @Test("nothing is held against whoever lost the seat")
    func unblamed() {
        let text = story {
            Self.busy(&$0)
            $0.withdraw("r2")
            $0.direct("rq", to: "bela", for: .workload)
            $0.giveBack("rq/1/2")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e2]
                e3 r2 submitted
                    r2#1 waits: capacity 1 [e3]
                e4 bela profiled
                    r2#2 waits: language 1, capacity 1 [e3]
                e5 r2 withdrawn
                    r2#3 closed: withdrawn [e5]
                e6 rq directed to bela
                    rq#2 rq/1/1 taken back from anna: directed [e6]
                    rq#3 rq/1/2 to bela, who holds 0 of 1, by op-1 for workload [e6]
                e7 rq/1/2 given back
                    rq#4 rq/1/2 taken back from bela: given-back [e7]
                    rq#5 rq/1/3 to anna, who holds 0 of 1 [e7]
                """
        )
    }

    @Test("whoever has the seat already keeps it, given or offered, and hears nothing")
    func same() {
        let text = story {
            $0.adopt("offers") { $0.offersSeats = true }
            $0.profile("anna") { $0.acceptance = .manual }
            $0.submit("rq")
            $0.direct("rq", to: "anna")
            $0.accept("rq/1/1")
            $0.direct("rq", to: "anna", for: .expertise)
            $0.restart()
            $0.direct("rq", seat: 1, to: "anna")
            $0.deliver("rq/1/1")
        }
        #expect(
            text == """
                policy offers
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 offered to anna, who holds 0 of 1 [e2]
                e3 rq directed to anna
                e4 rq/1/1 accepted
                e5 rq directed to anna
                e6 rq seat 1 directed to anna
                e7 rq/1/1 delivered
                    rq#2 report: anna says confirmed after 0 h [e7]
                """
        )
    }

    @Test("who decides by hand is offered the seat, and it has waited since it was first offered")
    func offered() {
        let text = story {
            $0.adopt("offers") { $0.offersSeats = true }
            for name in ["anna", "bela"] { $0.profile(name) { $0.acceptance = .manual } }
            $0.profile("cleo")
            $0.submit("rq") { $0.excluded = ["bela", "cleo"].map(Specialist.ID.init) }
            $0.amend("rq")
            $0.wait(until: 12)
            $0.direct("rq", to: "bela", for: .patientWish)
            $0.wait(until: 24)
            $0.tick()
            $0.direct("rq", to: "cleo")
        }
        #expect(
            text == """
                policy offers
                e1 anna profiled
                e2 bela profiled
                e3 cleo profiled
                e4 rq submitted
                    rq#1 rq/1/1 offered to anna, who holds 0 of 1 [e4]
                e5 rq amended
                hour 12
                e6 rq directed to bela
                    rq#2 rq/1/1 taken back from anna: directed [e6]
                    rq#3 rq/1/2 offered to bela, who holds 0 of 1, by op-1 for patient-wish [e6]
                hour 24
                timer
                    rq#4 reminder: accept, rq/1/2 of bela [e5]
                e7 rq directed to cleo
                    rq#5 rq/1/2 taken back from bela: directed [e7]
                    rq#6 rq/1/3 to cleo, who holds 0 of 1, by op-1 for continuity [e7]
                """
        )
    }

    @Test("who declined for work may be directed; who has a conflict or gave it back may not")
    func declined() {
        let text = story {
            $0.profile("anna", units: 2)
            $0.submit("rq")
            $0.profile("bela", units: 2)
            $0.decline("rq/1/1", for: .workload)
            $0.direct("rq", to: "anna")
            $0.restart()
            $0.decline("rq/1/3", for: .conflict)
            $0.direct("rq", to: "anna", for: .expertise)
            $0.giveBack("rq/1/4")
            $0.direct("rq", to: "bela")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 2 [e2]
                e3 bela profiled
                e4 rq/1/1 declined for workload
                    rq#2 rq/1/1 taken back from anna: declined [e4]
                    rq#3 rq/1/2 to bela, who holds 0 of 2 [e4]
                e5 rq directed to anna
                    rq#4 rq/1/2 taken back from bela: directed [e5]
                    rq#5 rq/1/3 to anna, who holds 0 of 2, by op-1 for continuity [e5]
                e6 rq/1/3 declined for conflict
                    rq#6 rq/1/3 taken back from anna: declined [e6]
                    rq#7 rq/1/4 to bela, who holds 0 of 2 [e6]
                e7 rq directed to anna: not-eligible (excluded) at /data/specialistId
                e8 rq/1/4 given back
                    rq#8 rq/1/4 taken back from bela: given-back [e8]
                    rq#9 unmatchable: excluded 2 [e8]
                e9 rq directed to bela: not-eligible (excluded) at /data/specialistId
                """
        )
    }

    @Test("an optional seat that only who declined it could take may be directed to them, for good")
    func waits() {
        let text = story {
            $0.adopt("advice only") { $0.panels.first = [] }
            $0.join("cora", "colorectal-surgery", treating: [.colorectal])
            $0.join("mona", "medical-oncology", treating: [.colorectal])
            $0.join("raja", "radiation-oncology", treating: [.colorectal])
            $0.submit("rq") { submission in
                submission.kind = .panel
                submission.family = .colorectal
            }
            $0.decline("rq/3/1", for: .workload)
            $0.restart()
            $0.direct("rq", seat: 3, to: "raja")
            $0.amend("rq") { submission in
                submission.kind = .panel
                submission.family = .colorectal
                submission.priority = .urgent
            }
        }
        #expect(
            text == """
                policy advice only
                e1 cora profiled
                e2 mona profiled
                e3 raja profiled
                e4 rq submitted
                    rq#1 rq/1/1 to cora as chair, colorectal-surgery for colorectal, who holds 0 \
                of 1 [e4]
                    rq#2 rq/2/1 to mona, who holds 0 of 1 [e4]
                    rq#3 rq/3/1 to raja as radiation-oncology for colorectal, who holds 0 of 1 [e4]
                e5 rq/3/1 declined for workload
                    rq#4 rq/3/1 taken back from raja: declined [e5]
                    rq#5 unmatchable: discipline 2, excluded 1 [e5]
                e6 rq seat 3 directed to raja
                    rq#6 rq/3/2 to raja as radiation-oncology for colorectal, who holds 0 of 1, by \
                op-1 for continuity [e6]
                e7 rq amended
                """
        )
    }

    @Test("a seat of a panel asks what its colleagues leave open, but for whoever leaves it")
    func colleagues() {
        let text = story {
            PanelTests.staff(&$0)
            $0.submit("rq", PanelTests.panel)
            $0.join("pola", "pathology", in: "org-rita")
            $0.join("pete", "pathology", in: "org-paul")
            $0.adopt("one of a house") { $0.panels.perOrganisation = 1 }
            $0.direct("rq", seat: 1, to: "pola")
            $0.direct("rq", seat: 1, to: "rita")
            $0.direct("rq", seat: 1, to: "pete")
        }
        #expect(
            text == """
                e1 paul profiled
                e2 rita profiled
                e3 mona profiled
                e4 sven profiled
                e5 raja profiled
                e6 rq submitted
                    rq#1 rq/1/1 to paul as pathology for breast, who holds 0 of 1 [e6]
                    rq#2 rq/2/1 to rita as radiology for breast, who holds 0 of 1 [e6]
                e7 pola profiled
                e8 pete profiled
                policy one of a house
                e9 rq seat 1 directed to pola: not-eligible (independence) at /data/specialistId
                e10 rq seat 1 directed to rita: not-eligible (discipline) at /data/specialistId
                e11 rq seat 1 directed to pete
                    rq#3 rq/1/1 taken back from paul: directed [e11]
                    rq#4 rq/1/2 to pete as pathology for breast, who holds 0 of 1, by op-1 for \
                continuity [e11]
                """
        )
    }

    @Test("whoever leaves a seat of a panel may take another that waits")
    func refilled() {
        let text = story {
            $0.adopt("two seats") {
                $0.panels.first = ["pathology", "radiology"]
            }
            $0.join("paul", "pathology", "radiology")
            $0.submit("rq", PanelTests.panel)
            $0.join("pete", "pathology")
            $0.direct("rq", seat: 1, to: "pete")
        }
        #expect(
            text == """
                policy two seats
                e1 paul profiled
                e2 rq submitted
                    rq#1 rq/1/1 to paul as pathology for breast, who holds 0 of 1 [e2]
                    rq#2 unmatchable: excluded 1 [e2]
                e3 pete profiled
                    rq#3 unmatchable: discipline 1, excluded 1 [e2]
                e4 rq seat 1 directed to pete
                    rq#4 rq/1/1 taken back from paul: directed [e4]
                    rq#5 rq/1/2 to pete as pathology for breast, who holds 0 of 1, by op-1 for \
                continuity [e4]
                    rq#6 rq/2/1 to paul as radiology for breast, who holds 0 of 1 [e4]
                """
        )
    }

    @Test("the audit ranks by score, whoever the seat is directed to")
    func audited() {
        let text = story {
            $0.adopt("full") { $0.matching.verdictsMax = 9 }
            $0.profile("anna", units: 2)
            $0.submit("r1")
            $0.submit("rq")
            $0.profile("bela", units: 2)
            $0.profile("cleo", units: 0)
            $0.direct("r1", to: "bela")
            $0.direct("rq", to: "bela")
        }
        #expect(
            text == """
                policy full
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 2 [e2]
                        of seat 1/1: anna 0
                e3 rq submitted
                    rq#1 rq/1/1 to anna, who holds 1 of 2 [e3]
                        of seat 1/1: anna 5500
                e4 bela profiled
                e5 cleo profiled
                e6 r1 directed to bela
                    r1#2 r1/1/1 taken back from anna: directed [e6]
                    r1#3 r1/1/2 to bela, who holds 0 of 2, by op-1 for continuity [e6]
                        of seat 1/2: bela 0, anna 6000, cleo capacity
                e7 rq directed to bela
                    rq#2 rq/1/1 taken back from anna: directed [e7]
                    rq#3 rq/1/2 to bela, who holds 1 of 2, by op-1 for continuity [e7]
                        of seat 1/2: anna 1000, bela 5500, cleo capacity
                """
        )
    }
}
