import OpinionFlow
import OpinionMatching
import Testing

/// Who judges between reviewers speaks for nobody else.
@Suite("Adjudication")
struct AdjudicationTranscripts {
    private static func lymphoma(_ submission: inout Submission) {
        submission.kind = .panel
        submission.family = .lymphoma
    }

    private static func staff(_ story: inout Story) {
        for (name, discipline) in [
            ("paul", "pathology"), ("rita", "radiology"), ("hugo", "haematology"),
            ("raja", "radiation-oncology"), ("judy", "haematology"),
        ] {
            story.profile(name) { specialist in
                specialist.disciplines = [discipline]
                specialist.organisation = "org-\(name)"
                specialist.expertise = [Specialist.Expertise(family: .lymphoma, level: 3)]
            }
        }
    }

    @Test("a judge of the chair's discipline doesn't stand in for the chair when seats are planned anew")
    func chair() {
        let text = story {
            Self.staff(&$0)
            $0.submit("rq", Self.lymphoma)
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1") { $0.diagnosis = .changed }
            $0.deliver("rq/4/1")
            $0.deliver("rq/5/1")
            $0.amend("rq") {
                Self.lymphoma(&$0)
                $0.disciplines = ["psycho-oncology"]
            }
        }
        #expect(
            text.hasSuffix(
                """
                e8 rq/2/1 delivered
                    rq#3 rq/3/1 to hugo as chair, haematology for lymphoma, who holds 0 of 1 [e8]
                    rq#4 rq/4/1 to raja as radiation-oncology for lymphoma, who holds 0 of 1 [e8]
                    rq#5 rq/5/1 to judy as adjudicator, haematology for lymphoma, who holds 0 of 1 \
                [e8]
                e9 rq/4/1 delivered
                e10 rq/5/1 delivered
                e11 rq amended
                    rq#6 unmatchable: discipline 5 [e11]
                """
            ),
            "\(text)"
        )
    }
}
