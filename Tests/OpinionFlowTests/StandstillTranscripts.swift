import OpinionFlow
import OpinionMatching
import Testing

/// Panels that wait for nobody any more, and nothing happens to them by itself.
@Suite("Panels that would stand still")
struct StandstillTranscripts {
    private static func join(_ name: String, _ discipline: String, _ story: inout Story) {
        story.profile(name) { specialist in
            specialist.disciplines = [discipline]
            specialist.organisation = "org-\(name)"
        }
    }

    /// Somebody for each discipline that confirms, and a panel.
    private static func confirm(_ story: inout Story) {
        join("paul", "pathology", &story)
        join("rita", "radiology", &story)
        story.submit("rq", PanelTests.panel)
        story.deliver("rq/1/1")
    }

    @Test(
        "a panel of which nobody can take the optional seats reports when all others have delivered"
    )
    func optionalSeats() {
        var policy = Story.policy
        policy.panels.templates[.breast] = [PanelPolicy.Place("medical-oncology?")]
        let text = story(policy) {
            Self.confirm(&$0)
            $0.deliver("rq/2/1")
        }
        #expect(
            text.hasSuffix(
                """
                e5 rq/2/1 delivered
                    rq#3 unmatchable: discipline 2 [e5]
                    rq#4 report: paul says confirmed, rita says confirmed after 0 h; unanimous: \
                confirmed; missing [3] [e5]
                """
            ),
            "\(text)"
        )
    }

    @Test("who confirm and contradict each other are judged between at once")
    func contradiction() {
        let text = story {
            PanelTests.staff(&$0)
            Self.join("judy", "medical-oncology", &$0)
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1") { $0.diagnosis = .changed }
        }
        #expect(
            text.hasSuffix(
                """
                e9 rq/2/1 delivered
                    rq#3 rq/3/1 to judy as chair, medical-oncology for breast, who holds 0 of 1 [e9]
                    rq#4 rq/4/1 to sven as surgical-oncology for breast, who holds 0 of 1 [e9]
                    rq#5 rq/5/1 to raja as radiation-oncology for breast, who holds 0 of 1 [e9]
                    rq#6 rq/6/1 to mona as adjudicator, medical-oncology for breast, who holds 0 \
                of 1 [e9]
                """
            ),
            "\(text)"
        )
    }
}
