import OpinionFlow
import OpinionMatching
import Testing

/// Amendments to a panel that has found another diagnosis, or of which some have delivered.
@Suite("Amendments to a panel at work")
struct DiagnosisTranscripts {
    /// A panel on breast cancer that has found a lymphoma.
    private static func find(_ story: inout Story) {
        PanelTests.staff(&story)
        story.profile("hugo", units: 2) {
            $0.disciplines = ["haematology"]
            $0.expertise = [Specialist.Expertise(family: .lymphoma, level: 4)]
        }
        story.submit("rq", PanelTests.panel)
        story.deliver("rq/1/1") {
            $0.diagnosis = .changed
            $0.family = .lymphoma
        }
        story.deliver("rq/2/1") { $0.diagnosis = .indeterminate }
    }

    @Test("an amendment that asks about the same diagnosis as before doesn't undo the one found")
    func found() {
        let text = story {
            Self.find(&$0)
            $0.amend("rq") {
                $0.kind = .panel
                $0.questions = ["q1"]
            }
            $0.amend("rq") {
                $0.kind = .panel
                $0.disciplines = ["psycho-oncology"]
            }
        }
        #expect(
            text.hasSuffix(
                """
                e8 rq/1/1 delivered
                e9 rq/2/1 delivered
                    rq#3 rq/3/1 to hugo as chair, haematology for lymphoma, who holds 0 of 2 [e9]
                    rq#4 unmatchable: expertise 5, discipline 1 [e9]
                e10 rq amended
                e11 rq amended
                    rq#5 unmatchable: expertise 5, discipline 1 [e11]
                """
            ),
            "\(text)"
        )
    }

    @Test("once the intake asks about the diagnosis found, an amendment back to the first is one")
    func confirmed() {
        let text = story {
            Self.find(&$0)
            $0.amend("rq") {
                $0.kind = .panel
                $0.family = .lymphoma
            }
            $0.amend("rq", PanelTests.panel)
        }
        #expect(
            text.hasSuffix(
                """
                e10 rq amended
                e11 rq amended
                    rq#5 rq/3/1 taken back from hugo: amended [e11]
                    rq#6 rq/5/1 to mona as chair, medical-oncology for breast, who holds 0 of 1 \
                [e11]
                    rq#7 rq/6/1 to sven as surgical-oncology for breast, who holds 0 of 1 [e11]
                    rq#8 rq/7/1 to raja as radiation-oncology for breast, who holds 0 of 1 [e11]
                """
            ),
            "\(text)"
        )
    }

    @Test("who has confirmed or advised is not asked again when an amendment asks for other seats")
    func delivered() {
        let text = story {
            PanelTests.staff(&$0)
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1")
            $0.amend("rq") {
                $0.kind = .panel
                $0.disciplines = ["nuclear-medicine"]
            }
            $0.deliver("rq/2/1")
            $0.deliver("rq/3/1")
            $0.amend("rq", PanelTests.panel)
        }
        #expect(
            text.hasSuffix(
                """
                e7 rq/1/1 delivered
                e8 rq amended
                e9 rq/2/1 delivered
                    rq#3 rq/3/1 to mona as chair, medical-oncology for breast, who holds 0 of 1 [e9]
                    rq#4 rq/4/1 to sven as surgical-oncology for breast, who holds 0 of 1 [e9]
                    rq#5 rq/5/1 to raja as radiation-oncology for breast, who holds 0 of 1 [e9]
                    rq#6 unmatchable: discipline 5 [e9]
                e10 rq/3/1 delivered
                e11 rq amended
                """
            ),
            "\(text)"
        )
    }
}
