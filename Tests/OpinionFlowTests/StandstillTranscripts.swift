import OpinionFlow
import OpinionMatching
import Testing

/// Panels that wait for nobody any more, and nothing happens to them by itself.
@Suite("Panels that would stand still")
struct StandstillTranscripts {
    /// Somebody for each discipline that confirms, and a panel.
    private static func confirm(_ story: inout Story) {
        story.join("paul", "pathology")
        story.join("rita", "radiology")
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
            $0.join("judy", "medical-oncology")
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

extension StandstillTranscripts {
    @Test(
        "an overdue panel reports as soon as another policy has a smaller quorum",
        arguments: [false, true]
    )
    func smallerQuorum(isRestarted: Bool) {
        let text = story {
            $0.join("paul", "pathology")
            $0.submit("rq", PanelTests.panel)
            $0.deliver("rq/1/1")
            ClockTests.hours(&$0, 168)
            if isRestarted {
                $0.enact("small") { $0.panels.quorum = 1 }
                $0.restart()
            } else {
                $0.adopt("small") { $0.panels.quorum = 1 }
            }
        }
        #expect(
            text.hasSuffix(
                """
                hour 168
                timer
                    rq#3 escalated: waiting, seat 2 [e2]
                    rq#4 escalated: overdue [e2]
                    rq#5 unmatchable: discipline 1 [e2]
                    rq#6 unmatchable: discipline 1 [e2]
                    rq#7 unmatchable: discipline 1 [e2]
                policy small
                    rq#8 report: paul says confirmed after 0 h; unanimous: confirmed; missing [2, \
                3, 4, 5] [e2]
                """
            ),
            "\(text)"
        )
    }

    @Test("a panel waits for nobody who judges where another policy has nobody judge")
    func nobodyJudges() {
        let text = story {
            Self.contradict(&$0)
            $0.deliver("rq/5/1")
            $0.adopt("off") { $0.panels.adjudicates = false }
        }
        #expect(
            text.hasSuffix(
                """
                e10 rq/4/1 delivered
                    rq#6 unmatchable: discipline 2, independence 3 [e10]
                e11 rq/5/1 delivered
                policy off
                    rq#7 report: paul says confirmed, rita says confirmed, mona says confirmed, \
                sven says confirmed, raja says confirmed after 0 h; majority: confirmed, agree, \
                against it seat 4 [e6]
                """
            ),
            "\(text)"
        )
    }

    @Test("who judges is waited for, whatever another policy says, until the seat is given back")
    func judgeGivesBack() {
        let text = story {
            Self.contradict(&$0)
            $0.join("judy", "medical-oncology")
            $0.deliver("rq/5/1")
            $0.adopt("off") { $0.panels.adjudicates = false }
            $0.giveBack("rq/6/1")
        }
        #expect(
            text.hasSuffix(
                """
                e11 judy profiled
                    rq#7 rq/6/1 to judy as adjudicator, medical-oncology for breast, who holds 0 \
                of 1 [e11]
                e12 rq/5/1 delivered
                policy off
                e13 rq/6/1 given back
                    rq#8 rq/6/1 taken back from judy: given-back [e13]
                    rq#9 unmatchable: discipline 2, independence 3, excluded 1 [e13]
                    rq#10 report: paul says confirmed, rita says confirmed, mona says confirmed, \
                sven says confirmed, raja says confirmed after 0 h; majority: confirmed, agree, \
                against it seat 4 [e13]
                """
            ),
            "\(text)"
        )
    }

    @Test(
        "reviewers who contradict each other are judged between as soon as another policy has it so"
    )
    func somebodyJudges() {
        var policy = Story.policy
        policy.panels.adjudicates = false
        let text = story(policy) {
            Self.contradict(&$0)
            $0.join("judy", "medical-oncology")
            $0.adopt("on") { $0.panels.adjudicates = true }
        }
        #expect(
            text.hasSuffix(
                """
                e9 rq/3/1 delivered
                e10 rq/4/1 delivered
                e11 judy profiled
                policy on
                    rq#6 rq/6/1 to judy as adjudicator, medical-oncology for breast, who holds 0 \
                of 1 [e6]
                """
            ),
            "\(text)"
        )
    }

    @Test("panels that another policy lets report do so in as many transactions as it takes")
    func many() {
        var policy = Story.policy
        policy.panels.first = ["pathology"]
        policy.panels.templates[.breast] = [PanelPolicy.Place("medical-oncology")]
        var story = Story(policy: policy)
        story.profile("paul", units: 1) { $0.disciplines = ["pathology"] }
        let count = Outbox.announcementsMax + 100
        for number in 1...count {
            story.submit("rq\(number)", PanelTests.panel)
            story.deliver("rq\(number)/1/1")
        }
        for hours in 168..<176 { ClockTests.hours(&story, hours) }
        var reports: Int { story.lines.count { $0.contains(" report: ") } }
        #expect(reports == 0)
        story.adopt("small") { $0.panels.quorum = 1 }
        #expect(reports == Outbox.announcementsMax)
        #expect(story.shard.isUnfinished)
        story.profile("rita")
        #expect(reports == count)
        #expect(!story.shard.isUnfinished)
    }

    private static func contradict(_ story: inout Story) {
        PanelTests.staff(&story)
        story.submit("rq", PanelTests.panel)
        story.deliver("rq/1/1")
        story.deliver("rq/2/1")
        story.deliver("rq/3/1") { $0.treatment = .agree }
        story.deliver("rq/4/1") { $0.treatment = .replace }
    }
}
