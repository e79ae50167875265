import OpinionFlow
import OpinionMatching
import Testing

/// What an operator may not say: no rule gives way, and it must be clear which seat is meant.
@Suite("Directives that are refused")
struct DirectingRefusals {
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
}
