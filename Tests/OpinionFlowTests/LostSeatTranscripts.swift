import OpinionFlow
import OpinionMatching
import Testing

/// Panels that lose a seat, and reports that need an opinion.
@Suite("Seats that a panel loses")
struct LostSeatTranscripts {
    /// How somebody loses an optional seat that nobody else can take.
    enum Loss: CaseIterable {
        case givenBack, declined, timedOut, retired, excluded, reseated

        var reason: String {
            switch self {
            case .givenBack: "given-back"
            case .declined: "declined"
            case .timedOut: "timed-out"
            case .retired: "specialist-retired"
            case .excluded, .reseated: "amended"
            }
        }

        func happen(_ story: inout Story) {
            switch self {
            case .givenBack: story.giveBack("rq/4/1")
            case .declined: story.decline("rq/4/1", for: .conflict)
            case .timedOut:
                story.join("raja", "radiation-oncology", treating: [.lymphoma], units: 0)
                ClockTests.hours(&story, 20)
            case .retired:
                story.retire("raja")
                story.pass(seconds: 2)
            case .excluded, .reseated:
                story.amend("rq") {
                    LostSeatTranscripts.lymphoma(&$0)
                    $0.excluded = [Specialist.ID("raja")]
                    if self == .reseated { $0.organs = FamilySet([.lymphoma]) }
                }
            }
        }
    }

    private static func lymphoma(_ submission: inout Submission) {
        submission.kind = .panel
        submission.family = .lymphoma
    }

    private static func staff(_ story: inout Story) {
        story.join("paul", "pathology", treating: [.lymphoma])
        story.join("rita", "radiology", treating: [.lymphoma])
        story.join("hugo", "haematology", treating: [.lymphoma])
        story.join("raja", "radiation-oncology", treating: [.lymphoma])
    }

    private static var policy: Policy {
        var policy = Story.policy
        policy.clocks[.deliver] = ClockLimits(reassignHours: [20, 20, 20, 20])
        return policy
    }

    @Test(
        "a panel that loses its optional seat reports when all others have delivered",
        arguments: Loss.allCases
    )
    func optional(loss: Loss) {
        let text = story(Self.policy) {
            Self.staff(&$0)
            $0.submit("rq", Self.lymphoma)
            for seat in 1...3 { $0.deliver("rq/\(seat)/1") }
            loss.happen(&$0)
        }
        #expect(text.contains("rq#5 rq/4/1 taken back from raja: \(loss.reason)"), "\(text)")
        #expect(text.contains("rq#7 report: paul says confirmed, rita says confirmed, hugo"))
        #expect(text.contains("; unanimous: confirmed; missing [4]"), "\(text)")
    }

    @Test("who declined an optional seat isn't asked for it again")
    func optionalDeclined() {
        let text = story {
            Self.staff(&$0)
            $0.submit("rq", Self.lymphoma)
            $0.deliver("rq/1/1")
            $0.deliver("rq/2/1")
            $0.decline("rq/4/1", for: .workload)
            $0.decline("rq/3/1", for: .workload)
            $0.deliver("rq/3/2")
        }
        #expect(
            text.hasSuffix(
                """
                e8 rq/4/1 declined for workload
                    rq#5 rq/4/1 taken back from raja: declined [e8]
                    rq#6 unmatchable: discipline 3, excluded 1 [e8]
                e9 rq/3/1 declined for workload
                    rq#7 rq/3/1 taken back from hugo: declined [e9]
                    rq#8 rq/3/2 to hugo as chair, haematology for lymphoma, who holds 0 of 1 [e9]
                e10 rq/3/2 delivered
                    rq#9 report: paul says confirmed, rita says confirmed, hugo says confirmed \
                after 0 h; unanimous: confirmed; missing [4] [e10]
                """
            ),
            "\(text)"
        )
    }

    @Test("a panel of which nobody has said anything makes no report, whoever leaves it")
    func nothingSaid() {
        var policy = Story.policy
        policy.panels.first = []
        policy.panels.templates[.breast] = [PanelPolicy.Place("medical-oncology?")]
        let text = story(policy) {
            $0.profile("anna")
            $0.submit("rq", PanelTests.panel)
            $0.giveBack("rq/1/1")
            ClockTests.hours(&$0, 168)
            $0.profile("bela")
            $0.deliver("rq/1/2")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 to anna as chair, medical-oncology for breast, who holds 0 of 1 [e2]
                e3 rq/1/1 given back
                    rq#2 rq/1/1 taken back from anna: given-back [e3]
                    rq#3 unmatchable: excluded 1 [e3]
                hour 168
                timer
                    rq#4 escalated: waiting, seat 1 [e2]
                    rq#5 escalated: overdue [e2]
                e4 bela profiled
                    rq#6 rq/1/2 to bela as chair, medical-oncology for breast, who holds 0 of 1 [e4]
                e5 rq/1/2 delivered
                    rq#7 report: bela says confirmed after 168 h [e5]
                """
        )
    }
}
