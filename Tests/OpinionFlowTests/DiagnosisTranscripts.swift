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

    /// Two who confirm and all who advise on breast and lung cancer.
    private static func lungs(_ story: inout Story) {
        for (name, discipline) in [
            ("paul", "pathology"), ("pia", "pathology"), ("rita", "radiology"),
            ("rob", "radiology"), ("mona", "medical-oncology"), ("mike", "medical-oncology"),
            ("sven", "surgical-oncology"), ("tom", "thoracic-surgery"),
            ("raja", "radiation-oncology"),
        ] {
            story.join(name, discipline, treating: [.breast, .lung, .sarcoma])
        }
    }

    private static func lung(_ submission: inout Submission) {
        submission.kind = .panel
        submission.family = .lung
    }

    @Test("what was found about another family doesn't change the one that is asked about now")
    func stale() {
        let text = story {
            Self.lungs(&$0)
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1") {
                $0.diagnosis = .changed
                $0.family = .lung
            }
            $0.amend("rq") {
                $0.kind = .panel
                $0.family = .sarcoma
            }
            $0.deliver("rq/3/1")
            $0.deliver("rq/4/1")
        }
        #expect(
            text.hasSuffix(
                """
                e10 rq submitted
                    rq#1 rq/1/1 to pia as pathology for breast, who holds 0 of 1 [e10]
                    rq#2 rq/2/1 to rob as radiology for breast, who holds 0 of 1 [e10]
                e11 rq/1/1 delivered
                e12 rq amended
                    rq#3 rq/2/1 taken back from rob: amended [e12]
                    rq#4 rq/3/1 to paul as pathology for sarcoma, who holds 0 of 1 [e12]
                    rq#5 rq/4/1 to rita as radiology for sarcoma, who holds 0 of 1 [e12]
                e13 rq/3/1 delivered
                e14 rq/4/1 delivered
                    rq#6 rq/5/1 to mike as chair, medical-oncology for sarcoma, who holds 0 of 1 \
                [e14]
                    rq#7 rq/6/1 to sven as surgical-oncology for sarcoma, who holds 0 of 1 [e14]
                    rq#8 rq/7/1 to raja as radiation-oncology for sarcoma, who holds 0 of 1 [e14]
                """
            ),
            "\(text)"
        )
    }

    @Test("another family is confirmed first, and opinions on the one before count for nothing")
    func another() {
        let text = story {
            Self.lungs(&$0)
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
            $0.deliver("rq/3/1") { $0.treatment = .replace }
            $0.amend("rq", Self.lung)
            $0.deliver("rq/6/1")
            $0.deliver("rq/7/1")
            for seat in 8...10 { $0.deliver("rq/\(seat)/1") { $0.treatment = .agree } }
        }
        #expect(
            text.hasSuffix(
                """
                e10 rq submitted
                    rq#1 rq/1/1 to pia as pathology for breast, who holds 0 of 1 [e10]
                    rq#2 rq/2/1 to rob as radiology for breast, who holds 0 of 1 [e10]
                e11 rq/1/1 delivered
                e12 rq/2/1 delivered
                    rq#3 rq/3/1 to mike as chair, medical-oncology for breast, who holds 0 of 1 \
                [e12]
                    rq#4 rq/4/1 to sven as surgical-oncology for breast, who holds 0 of 1 [e12]
                    rq#5 rq/5/1 to raja as radiation-oncology for breast, who holds 0 of 1 [e12]
                e13 rq/3/1 delivered
                e14 rq amended
                    rq#6 rq/4/1 taken back from sven: amended [e14]
                    rq#7 rq/5/1 taken back from raja: amended [e14]
                    rq#8 rq/6/1 to paul as pathology for lung, who holds 0 of 1 [e14]
                    rq#9 rq/7/1 to rita as radiology for lung, who holds 0 of 1 [e14]
                e15 rq/6/1 delivered
                e16 rq/7/1 delivered
                    rq#10 rq/8/1 to mona as chair, medical-oncology for lung, who holds 0 of 1 \
                [e16]
                    rq#11 rq/9/1 to tom as thoracic-surgery for lung, who holds 0 of 1 [e16]
                    rq#12 rq/10/1 to raja as radiation-oncology for lung, who holds 0 of 1 [e16]
                e17 rq/8/1 delivered
                e18 rq/9/1 delivered
                e19 rq/10/1 delivered
                    rq#13 report: pia says confirmed, rob says confirmed, mike says confirmed, \
                paul says confirmed, rita says confirmed, mona says confirmed, tom says \
                confirmed, raja says confirmed after 0 h; unanimous: confirmed, agree [e19]
                """
            ),
            "\(text)"
        )
    }

    @Test("opinions on the family before make no quorum")
    func quorum() {
        let text = story {
            Self.lungs(&$0)
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
            $0.deliver("rq/3/1")
            $0.amend("rq", Self.lung)
            $0.deliver("rq/6/1")
            ClockTests.hours(&$0, 168)
            $0.deliver("rq/7/1")
        }
        #expect(
            text.hasSuffix(
                """
                e14 rq amended
                    rq#6 rq/4/1 taken back from sven: amended [e14]
                    rq#7 rq/5/1 taken back from raja: amended [e14]
                    rq#8 rq/6/1 to paul as pathology for lung, who holds 0 of 1 [e14]
                    rq#9 rq/7/1 to rita as radiology for lung, who holds 0 of 1 [e14]
                e15 rq/6/1 delivered
                hour 168
                timer
                    rq#10 escalated: not-delivered, rq/7/1 of rita [e14]
                    rq#11 escalated: overdue [e14]
                    rq#12 rq/8/1 to mona as chair, medical-oncology for lung, who holds 0 of 1 \
                [e14]
                    rq#13 rq/9/1 to tom as thoracic-surgery for lung, who holds 0 of 1 [e14]
                    rq#14 rq/10/1 to raja as radiation-oncology for lung, who holds 0 of 1 [e14]
                e16 rq/7/1 delivered
                    rq#15 rq/8/1 taken back from mona: reported [e16]
                    rq#16 rq/9/1 taken back from tom: reported [e16]
                    rq#17 rq/10/1 taken back from raja: reported [e16]
                    rq#18 report: pia says confirmed, rob says confirmed, mike says confirmed, \
                paul says confirmed, rita says confirmed after 168 h; unanimous: confirmed; \
                missing [8, 9, 10] [e16]
                """
            ),
            "\(text)"
        )
    }

    @Test("when the first family is asked about again, what was said on it counts again")
    func back() {
        let text = story {
            Self.lungs(&$0)
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
            $0.deliver("rq/3/1")
            $0.amend("rq", Self.lung)
            $0.amend("rq", PanelTests.panel)
        }
        #expect(
            text.hasSuffix(
                """
                e13 rq/3/1 delivered
                e14 rq amended
                    rq#6 rq/4/1 taken back from sven: amended [e14]
                    rq#7 rq/5/1 taken back from raja: amended [e14]
                    rq#8 rq/6/1 to paul as pathology for lung, who holds 0 of 1 [e14]
                    rq#9 rq/7/1 to rita as radiology for lung, who holds 0 of 1 [e14]
                e15 rq amended
                    rq#10 rq/6/1 taken back from paul: amended [e15]
                    rq#11 rq/7/1 taken back from rita: amended [e15]
                    rq#12 rq/8/1 to sven as surgical-oncology for breast, who holds 0 of 1 [e15]
                    rq#13 rq/9/1 to raja as radiation-oncology for breast, who holds 0 of 1 [e15]
                """
            ),
            "\(text)"
        )
    }
}
