import OpinionFlow
import OpinionMatching
import Testing

/// Amendments that ask a panel for other seats: who has one that is still asked for keeps it.
@Suite("Amendments that ask for other seats")
struct ReseatingTranscripts {
    /// A panel on breast cancer whose advisers, one seat a day each, are at work.
    private static func advise(_ story: inout Story) {
        PanelTests.staff(&story)
        story.join("mona", "medical-oncology", treating: [.breast, .hpb], daily: 1)
        story.join("sven", "surgical-oncology", daily: 1)
        story.join("raja", "radiation-oncology", daily: 1)
        story.submit("rq", PanelTests.panel)
        story.deliver("rq/1/1")
        story.deliver("rq/2/1")
    }

    private static func asking(_ disciplines: String...) -> (inout Submission) -> Void {
        { submission in
            submission.kind = .panel
            submission.disciplines = disciplines
        }
    }

    private static func organ(_ submission: inout Submission) {
        submission.kind = .panel
        submission.organs = FamilySet([.hpb])
    }

    @Test("a discipline that the panel has anyway changes nothing, and opinions on the way count")
    func same() {
        let text = story {
            Self.advise(&$0)
            $0.amend("rq", Self.asking("medical-oncology"))
            for seat in 3...5 { $0.deliver("rq/\(seat)/1") }
        }
        #expect(
            text.hasSuffix(
                """
                e11 rq/2/1 delivered
                    rq#3 rq/3/1 to mona as chair, medical-oncology for breast, who holds 0 of 1 \
                [e11]
                    rq#4 rq/4/1 to sven as surgical-oncology for breast, who holds 0 of 1 [e11]
                    rq#5 rq/5/1 to raja as radiation-oncology for breast, who holds 0 of 1 [e11]
                e12 rq amended
                e13 rq/3/1 delivered
                e14 rq/4/1 delivered
                e15 rq/5/1 delivered
                    rq#6 report: paul says confirmed, rita says confirmed, mona says confirmed, \
                sven says confirmed, raja says confirmed after 0 h; unanimous: confirmed [e15]
                """
            ),
            "\(text)"
        )
    }

    @Test("a discipline that is new gets a seat, one that is no longer asked for loses it")
    func disciplines() {
        let text = story {
            $0.join("gina", "genetics")
            $0.join("nora", "nuclear-medicine")
            Self.advise(&$0)
            $0.amend("rq", Self.asking("genetics", "nuclear-medicine"))
            $0.amend("rq", Self.asking("nuclear-medicine"))
        }
        #expect(
            text.hasSuffix(
                """
                e13 rq/2/1 delivered
                    rq#3 rq/3/1 to mona as chair, medical-oncology for breast, who holds 0 of 1 \
                [e13]
                    rq#4 rq/4/1 to sven as surgical-oncology for breast, who holds 0 of 1 [e13]
                    rq#5 rq/5/1 to raja as radiation-oncology for breast, who holds 0 of 1 [e13]
                e14 rq amended
                    rq#6 rq/6/1 to gina as genetics for breast, who holds 0 of 1 [e14]
                    rq#7 rq/7/1 to nora as nuclear-medicine for breast, who holds 0 of 1 [e14]
                e15 rq amended
                    rq#8 rq/6/1 taken back from gina: amended [e15]
                """
            ),
            "\(text)"
        )
    }

    @Test("an organ that is new gets a seat of its own when the others are taken")
    func organs() {
        let text = story {
            $0.join("hana", "hpb-surgery", treating: [.hpb])
            Self.advise(&$0)
            $0.amend("rq", Self.organ)
            $0.amend("rq") {
                Self.organ(&$0)
                $0.disciplines = ["genetics"]
            }
            $0.amend("rq", PanelTests.panel)
        }
        #expect(
            text.hasSuffix(
                """
                e12 rq/2/1 delivered
                    rq#3 rq/3/1 to mona as chair, medical-oncology for breast, who holds 0 of 1 \
                [e12]
                    rq#4 rq/4/1 to sven as surgical-oncology for breast, who holds 0 of 1 [e12]
                    rq#5 rq/5/1 to raja as radiation-oncology for breast, who holds 0 of 1 [e12]
                e13 rq amended
                    rq#6 rq/6/1 to hana as hpb-surgery for hpb, who holds 0 of 1 [e13]
                e14 rq amended
                    rq#7 unmatchable: expertise 1, discipline 5 [e14]
                e15 rq amended
                    rq#8 rq/6/1 taken back from hana: amended [e15]
                """
            ),
            "\(text)"
        )
    }

    @Test("who covers an organ besides keeps the seat when the organ is no longer asked for")
    func covered() {
        let text = story {
            PanelTests.staff(&$0)
            $0.join("mona", "medical-oncology", treating: [.breast, .hpb])
            $0.submit("rq", Self.organ)
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
            $0.amend("rq", PanelTests.panel)
            $0.amend("rq", Self.organ)
        }
        #expect(
            text.hasSuffix(
                """
                e9 rq/2/1 delivered
                    rq#3 rq/3/1 to mona as chair, medical-oncology for breast and hpb, who holds \
                0 of 1 [e9]
                    rq#4 rq/4/1 to sven as surgical-oncology for breast, who holds 0 of 1 [e9]
                    rq#5 rq/5/1 to raja as radiation-oncology for breast, who holds 0 of 1 [e9]
                e10 rq amended
                e11 rq amended
                """
            ),
            "\(text)"
        )
    }

    @Test("who no longer suits loses a seat that is still asked for")
    func unsuited() {
        let text = story {
            $0.join("sara", "surgical-oncology")
            Self.advise(&$0)
            $0.amend("rq") {
                Self.asking("genetics")(&$0)
                $0.excluded = [Specialist.ID("sara")]
            }
        }
        #expect(
            text.hasSuffix(
                """
                e12 rq/2/1 delivered
                    rq#3 rq/3/1 to mona as chair, medical-oncology for breast, who holds 0 of 1 \
                [e12]
                    rq#4 rq/4/1 to sara as surgical-oncology for breast, who holds 0 of 1 [e12]
                    rq#5 rq/5/1 to raja as radiation-oncology for breast, who holds 0 of 1 [e12]
                e13 rq amended
                    rq#6 unmatchable: discipline 6 [e13]
                    rq#7 rq/4/1 taken back from sara: amended [e13]
                    rq#8 rq/4/2 to sven as surgical-oncology for breast, who holds 0 of 1 [e13]
                """
            ),
            "\(text)"
        )
    }

    @Test("who judges, and who still confirms after the due time, are not disturbed")
    func others() {
        let text = story {
            PanelTests.staff(&$0)
            $0.join("judy", "medical-oncology")
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1") { $0.treatment = .agree }
            ClockTests.hours(&$0, 168)
            $0.amend("rq") {
                $0.kind = .panel
                $0.due = Story.begin.advanced(by: 10 * Day.milliseconds)
            }
            $0.deliver("rq/4/1") { $0.treatment = .replace }
            $0.amend("rq") {
                Self.asking("genetics")(&$0)
                $0.due = Story.begin.advanced(by: 10 * Day.milliseconds)
            }
        }
        #expect(
            text.hasSuffix(
                """
                hour 168
                timer
                    rq#3 escalated: not-delivered, rq/2/1 of rita [e7]
                    rq#4 escalated: overdue [e7]
                    rq#5 rq/3/1 to judy as chair, medical-oncology for breast, who holds 0 of 1 \
                [e7]
                    rq#6 rq/4/1 to sven as surgical-oncology for breast, who holds 0 of 1 [e7]
                    rq#7 rq/5/1 to raja as radiation-oncology for breast, who holds 0 of 1 [e7]
                e9 rq amended
                e10 rq/4/1 delivered
                    rq#8 rq/6/1 to mona as adjudicator, medical-oncology for breast, who holds 0 \
                of 1 [e10]
                e11 rq amended
                    rq#9 unmatchable: discipline 6 [e11]
                """
            ),
            "\(text)"
        )
    }
}
