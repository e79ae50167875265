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

    struct Barred: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let change: @Sendable (inout Specialist) -> Void

        init(_ rule: String, _ change: @escaping @Sendable (inout Specialist) -> Void) {
            testDescription = rule
            self.change = change
        }
    }

    private static let barred = [
        Barred("expertise") { $0.expertise = [Specialist.Expertise(family: .lung, level: 5)] },
        Barred("discipline") { $0.disciplines = ["pathology"] },
        Barred("language") { $0.languages = ["hi"] },
        Barred("licence") { $0.licences = [] },
        Barred("independence") { $0.organisation = "org-first" },
        Barred("excluded") { $0.id = Specialist.ID("eric") },
        Barred("age") { $0.ageScope = Specialist.AgeScope(min: nil, max: 17) },
        Barred("availability") {
            $0.absences = [
                Specialist.Absence(begin: Story.begin, end: Story.begin.advanced(by: 1))
            ]
        },
        Barred("capacity") { $0.capacity = Specialist.Capacity(units: 0) },
        Barred("inactive") { $0.isActive = false },
        Barred("unknown") { $0.network = "elsewhere" },
    ]

    private static func asking(_ submission: inout Submission) {
        submission = Submission(
            submittedAt: submission.submittedAt,
            due: submission.due,
            family: .breast,
            age: 40,
            residence: "IN",
            languages: ["en"],
            disciplines: ["medical-oncology"],
            firstOpinion: Need.FirstOpinion(
                practitioner: nil,
                organisation: "org-first",
                practiceGroup: nil
            ),
            excluded: [Specialist.ID("eric")]
        )
    }

    private static func fit(_ specialist: inout Specialist) {
        specialist.languages = ["en"]
        specialist.licences = [
            Specialist.Licence(jurisdiction: "IN", until: Day(number: Story.begin.day.number + 90))
        ]
    }

    @Test("no rule is relaxed, and the rule that is broken is named", arguments: barred)
    func refused(_ case: Barred) {
        var (story, id) = (Story(), "bela")
        story.profile("anna", Self.fit)
        story.submit("rq", Self.asking)
        story.profile("bela") { specialist in
            Self.fit(&specialist)
            `case`.change(&specialist)
            id = specialist.id.text
        }
        story.direct("rq", to: id)
        #expect(
            story.lines.dropFirst(3) == [
                "e3 bela profiled",
                "e4 rq directed to \(id): not-eligible (\(`case`.testDescription)) at /data/specialistId",
            ]
        )
    }

    @Test("who passes every rule but isn't the best is given the seat")
    func eligible() {
        var story = Story()
        story.profile("anna", Self.fit)
        story.submit("rq", Self.asking)
        story.profile("bela", Self.fit)
        #expect(story.direct("rq", to: "bela") == .applied)
    }

    @Test("there must be one seat that is open, and it must be clear which")
    func seats() {
        let text = story {
            PanelTests.staff(&$0)
            $0.join("rosa", "radiology")
            $0.direct("rq", to: "rosa")
            $0.submit("rq", PanelTests.panel)
            $0.direct("rq", to: "rosa")
            $0.direct("rq", seat: 3, to: "rosa")
            $0.deliver("rq/1/1")
            $0.direct("rq", seat: 1, to: "rosa", for: .correction)
            $0.direct("rq", to: "rita")
            $0.withdraw("rq")
            $0.direct("rq", to: "rosa")
        }
        #expect(
            text == """
                e1 paul profiled
                e2 rita profiled
                e3 mona profiled
                e4 sven profiled
                e5 raja profiled
                e6 rosa profiled
                e7 rq directed to rosa: not-open at /data/requestId
                e8 rq submitted
                    rq#1 rq/1/1 to paul as pathology for breast, who holds 0 of 1 [e8]
                    rq#2 rq/2/1 to rosa as radiology for breast, who holds 0 of 1 [e8]
                e9 rq directed to rosa: not-open at /data/seatId
                e10 rq seat 3 directed to rosa: not-open at /data/seatId
                e11 rq/1/1 delivered
                e12 rq seat 1 directed to rosa: not-open at /data/seatId
                e13 rq directed to rita
                    rq#3 rq/2/1 taken back from rosa: directed [e13]
                    rq#4 rq/2/2 to rita as radiology for breast, who holds 0 of 1, by op-1 for \
                continuity [e13]
                e14 rq withdrawn
                    rq#5 rq/2/2 taken back from rita: request-withdrawn [e14]
                    rq#6 closed: withdrawn [e14]
                e15 rq directed to rosa: not-open at /data/requestId
                """
        )
    }

    @Test("nobody is directed before the records are there")
    func records() {
        let text = story {
            $0.adopt("strict") { $0.records.required = ["path-report"] }
            $0.profile("anna")
            $0.submit("rq")
            $0.direct("rq", to: "anna")
        }
        #expect(
            text == """
                policy strict
                e1 anna profiled
                e2 rq submitted
                    rq#1 awaits path-report [e2]
                e3 rq directed to anna: not-open at /data/requestId
                """
        )
    }

    @Test("said again it changes nothing; with other content it is a conflict; too old it is stale")
    func repeated() {
        let text = story {
            $0.join("anna", "medical-oncology", units: 3)
            $0.submit("rq")
            $0.join("bela", "medical-oncology", units: 3)
            $0.direct("rq", to: "bela", id: "d1")
            $0.direct("rq", to: "anna", id: "d2")
            $0.restart()
            $0.direct("rq", to: "bela", id: "d1")
            $0.direct("rq", to: "bela", id: "d3")
            $0.direct("rq", to: "anna", id: "d3")
            $0.direct("rq", to: "anna", for: .correction, id: "d4")
            $0.wait(until: 31 * 24)
            $0.direct("rq", to: "anna", for: .correction, at: 0)
            $0.deliver("rq/1/5")
            $0.direct("rq", to: "bela", id: "d5")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 3 [e2]
                e3 bela profiled
                d1 rq directed to bela
                    rq#2 rq/1/1 taken back from anna: directed [d1]
                    rq#3 rq/1/2 to bela, who holds 0 of 3, by op-1 for continuity [d1]
                d2 rq directed to anna
                    rq#4 rq/1/2 taken back from bela: directed [d2]
                    rq#5 rq/1/3 to anna, who holds 0 of 3, by op-1 for continuity [d2]
                d1 rq directed to bela: duplicate
                d3 rq directed to bela
                    rq#6 rq/1/3 taken back from anna: directed [d3]
                    rq#7 rq/1/4 to bela, who holds 0 of 3, by op-1 for continuity [d3]
                d3 rq directed to anna: conflict at /id
                d4 rq directed to anna
                    rq#8 rq/1/4 taken back from bela: directed [d4]
                    rq#9 rq/1/5 to anna, who holds 0 of 3, by op-1 for correction [d4]
                hour 744
                e4 rq directed to anna: stale at /time
                e5 rq/1/5 delivered
                    rq#10 report: anna says confirmed after 744 h [e5]
                d5 rq directed to bela: not-open at /data/requestId
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

    @Test("a panel that is about to report gives nobody a seat")
    func aboutToReport() {
        let text = story {
            PanelTests.staff(&$0)
            $0.adopt("quorum") {
                $0.panels.first = []
                $0.panels.quorum = 1
            }
            $0.submit("rq", PanelTests.panel)
            $0.join("sara", "surgical-oncology")
            $0.deliver("rq/1/1")
            $0.wait(until: 7 * 24)
            $0.direct("rq", seat: 2, to: "sara")
            $0.tick()
        }
        #expect(
            text == """
                e1 paul profiled
                e2 rita profiled
                e3 mona profiled
                e4 sven profiled
                e5 raja profiled
                policy quorum
                e6 rq submitted
                    rq#1 rq/1/1 to mona as chair, medical-oncology for breast, who holds 0 of 1 [e6]
                    rq#2 rq/2/1 to sven as surgical-oncology for breast, who holds 0 of 1 [e6]
                    rq#3 rq/3/1 to raja as radiation-oncology for breast, who holds 0 of 1 [e6]
                e7 sara profiled
                e8 rq/1/1 delivered
                hour 168
                e9 rq seat 2 directed to sara: not-open at /data/requestId
                timer
                    rq#4 escalated: not-delivered, rq/2/1 of sven [e6]
                    rq#5 escalated: not-delivered, rq/3/1 of raja [e6]
                    rq#6 escalated: overdue [e6]
                    rq#7 rq/2/1 taken back from sven: reported [e6]
                    rq#8 rq/3/1 taken back from raja: reported [e6]
                    rq#9 report: mona says confirmed after 0 h; unanimous: confirmed; missing [2, \
                3] [e6]
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
