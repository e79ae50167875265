import OpinionFlow
import OpinionMatching
import Testing

/// Seats that nobody asks for any more, and those that are filled at last.
@Suite("Panels that turn out otherwise")
struct OtherwiseTranscripts {
    @Test("a panel that becomes a single waits for nobody who judges")
    func single() {
        let text = story {
            for (name, discipline) in Self.confirmers { $0.join(name, discipline) }
            $0.profile("mona") { $0.organisation = "org-paul" }
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1") { $0.diagnosis = .changed }
            $0.amend("rq") { $0.kind = .single }
            $0.deliver("rq/7/1")
        }
        #expect(
            text.hasSuffix(
                """
                    rq#6 unmatchable: discipline 2, independence 1 [e6]
                e7 rq amended
                    rq#7 rq/3/1 taken back from mona: amended [e7]
                    rq#8 rq/7/1 to mona, who holds 0 of 1 [e7]
                e8 rq/7/1 delivered
                    rq#9 report: paul says confirmed, rita says changed, mona says confirmed after 0 h; \
                majority: confirmed, against it seat 2 [e8]
                """
            ),
            "\(text)"
        )
    }

    @Test("nobody is waited for to judge once nothing is contradicted any more")
    func agreed() {
        let text = story {
            for (name, discipline) in Self.confirmers { $0.join(name, discipline) }
            $0.join("hank", "haematology", treating: [.leukaemia])
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1", Self.leukaemia)
            $0.deliver("rq/2/1")
            $0.amend("rq") {
                $0.kind = .panel
                $0.family = .leukaemia
            }
            $0.deliver("rq/3/1")
        }
        #expect(
            text.hasSuffix(
                """
                    rq#4 unmatchable: expertise 2, independence 1 [e6]
                e7 rq amended
                e8 rq/3/1 delivered
                    rq#5 report: paul says changed, rita says confirmed, hank says confirmed after 0 h; \
                unanimous: confirmed [e8]
                """
            ),
            "\(text)"
        )
    }

    @Test(
        "an intake that takes over what the panel found asks nobody about the old diagnosis any more"
    )
    func takenOver() {
        let text = story {
            $0.join("paul", "pathology")
            $0.join("hank", "haematology", treating: [.leukaemia])
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1", Self.leukaemia)
            ClockTests.hours(&$0, 168)
            $0.amend("rq") {
                $0.kind = .panel
                $0.family = .leukaemia
            }
            $0.deliver("rq/3/1")
        }
        #expect(
            text.hasSuffix(
                """
                    rq#5 rq/3/1 to hank as chair, haematology for leukaemia, who holds 0 of 1 [e3]
                e5 rq amended
                e6 rq/3/1 delivered
                    rq#6 report: paul says changed, hank says confirmed after 168 h; unanimous: \
                confirmed [e6]
                """
            ),
            "\(text)"
        )
    }

    @Test(
        "an amendment that lets seats be filled spends nobody on one who alone could take another"
    )
    func spent() {
        let text = story {
            for (name, discipline) in Self.confirmers + [("raja", "radiation-oncology")] {
                $0.join(name, discipline, speaking: ["en", "xx"])
            }
            $0.join("xena", "medical-oncology", "surgical-oncology", speaking: ["en"])
            $0.join("yves", "medical-oncology", speaking: ["en"])
            $0.submit("rq") {
                $0.kind = .panel
                $0.languages = ["xx"]
            }
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
            $0.amend("rq") {
                $0.kind = .panel
                $0.languages = ["en"]
            }
        }
        #expect(
            text.hasSuffix(
                """
                e9 rq amended
                    rq#6 rq/4/1 to xena as surgical-oncology for breast, who holds 0 of 1, in en [e9]
                    rq#7 rq/3/1 to yves as chair, medical-oncology for breast, who holds 0 of 1, in en [e9]
                """
            ),
            "\(text)"
        )
    }

    private static let confirmers = [("paul", "pathology"), ("rita", "radiology")]

    private static func leukaemia(_ opinion: inout Opinion) {
        opinion.diagnosis = .changed
        opinion.family = .leukaemia
    }
}
