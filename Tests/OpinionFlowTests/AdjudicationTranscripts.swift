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

    @Test("a judge of the chair's discipline doesn't stand in for a chair when seats are planned")
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

    /// How the roster loses sight of somebody.
    enum Departure: CaseIterable {
        case retired, unreadable, moved, employedElsewhere

        func happen(to name: String, _ story: inout Story) {
            switch self {
            case .retired: story.retire(name)
            case .unreadable: story.garble(name)
            case .moved: story.profile(name) { $0.network = "other" }
            case .employedElsewhere: story.profile(name) { $0.organisation = "org-new" }
            }
        }
    }

    @Test(
        "who judges doesn't work with a reviewer, whatever became of the reviewer",
        arguments: Departure.allCases
    )
    func departed(departure: Departure) {
        let text = story {
            PanelTests.staff(&$0)
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
            $0.deliver("rq/3/1") { $0.treatment = .agree }
            $0.join("judy", "medical-oncology", in: "org-mona")
            departure.happen(to: "mona", &$0)
            $0.restart()
            $0.deliver("rq/4/1") { $0.treatment = .replace }
        }
        #expect(text.contains(" delivered\n    rq#6 unmatchable: "), "\(departure): \(text)")
    }

    @Test(
        "the seats of an organisation are counted, whoever has left it",
        arguments: Departure.allCases
    )
    func organisation(departure: Departure) {
        let text = story {
            PanelTests.staff(&$0)
            for (name, discipline) in [("paul", "pathology"), ("rita", "radiology")] {
                $0.join(name, discipline, in: "org-mona")
            }
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1")
            departure.happen(to: "paul", &$0)
            $0.deliver("rq/2/1")
        }
        #expect(text.contains("rq#3 unmatchable: "), "\(departure): \(text)")
    }

    @Test("while somebody judges no seat is given to who works with them, or whom they don't judge")
    func colleague() {
        let text = story {
            PanelTests.staff(&$0)
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
            $0.profile("judy") {
                $0.organisation = "org-judy"
                $0.practiceGroups = ["practice"]
                $0.declaredConflicts = ["jane", "org-foe"]
            }
            $0.deliver("rq/3/1") { $0.treatment = .agree }
            $0.deliver("rq/4/1") { $0.treatment = .replace }
            for (name, organisation) in [
                ("jack", "org-judy"), ("jane", "org-jane"), ("jeff", "org-foe"), ("zoe", "org-zoe"),
            ] {
                $0.join(name, "radiation-oncology", in: organisation)
            }
            $0.profile("john") {
                $0.disciplines = ["radiation-oncology"]
                $0.practiceGroups = ["practice"]
            }
            $0.giveBack("rq/5/1")
            $0.giveBack("rq/5/2")
            $0.amend("rq") {
                $0.kind = .panel
                $0.questions = ["q1"]
            }
        }
        #expect(
            text.hasSuffix(
                """
                e9 judy profiled
                e10 rq/3/1 delivered
                e11 rq/4/1 delivered
                    rq#6 rq/6/1 to judy as adjudicator, medical-oncology for breast, who holds 0 \
                of 1 [e11]
                e12 jack profiled
                e13 jane profiled
                e14 jeff profiled
                e15 zoe profiled
                e16 john profiled
                e17 rq/5/1 given back
                    rq#7 rq/5/1 taken back from raja: given-back [e17]
                    rq#8 rq/5/2 to zoe as radiation-oncology for breast, who holds 0 of 1 [e17]
                e18 rq/5/2 given back
                    rq#9 rq/5/2 taken back from zoe: given-back [e18]
                    rq#10 unmatchable: discipline 5, independence 3, excluded 3 [e18]
                e19 rq amended
                """
            ),
            "\(text)"
        )
    }
}
