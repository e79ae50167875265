import OpinionFlow
import OpinionMatching
import Testing

/// What a restored shard asks for is what the one before would have.
@Suite("Restored shards")
struct RestartTranscripts {
    /// Tells a story twice, the second time with a restart where it says so.
    private func both(
        _ policy: Policy,
        _ tell: (inout Story, _ pause: (inout Story) -> Void) -> Void
    ) -> (live: String, restored: String) {
        let live = story(policy) { tell(&$0) { _ in } }
        return (live, story(policy) { tell(&$0) { $0.restart() } })
    }

    @Test("wishes are relaxed since the submission that an amendment overtook")
    func overtaken() {
        let texts = both(Story.policy) { story, pause in
            story.wait(until: 41)
            story.amend("rq", at: 40) { $0.preferences.sex = "female" }
            story.submit("rq", at: 0)
            pause(&story)
            story.wait(until: 50)
            story.profile("bob") { $0.sex = "male" }
        }
        #expect(texts.live == texts.restored)
        #expect(
            texts.live == """
                hour 41
                e1 rq amended
                    rq#1 unmatchable: nobody there [e1]
                e2 rq submitted: superseded
                hour 50
                e3 bob profiled
                    rq#2 rq/1/1 to bob, who holds 0 of 1, step 2 without sex [e3]
                """
        )
    }

    @Test("whoever waits for records asks by the policy in force when they are there")
    func policy() {
        var policy = Story.policy
        policy.records.required = ["path-report"]
        let texts = both(policy) { story, pause in
            story.profile("paul") { $0.disciplines = ["cytology"] }
            story.submit("rq") { $0.kind = .pathologyReview }
            pause(&story)
            story.adopt("lax") {
                $0.records.required = []
                $0.pathologyDisciplines = ["cytology"]
            }
        }
        #expect(texts.live == texts.restored)
        #expect(
            texts.live == """
                e1 paul profiled
                e2 rq submitted
                    rq#1 awaits path-report [e2]
                policy lax
                    rq#2 rq/1/1 to paul as cytology for breast, who holds 0 of 1 [e2]
                """
        )
    }

    @Test("what the panel has found and what was told of a wait are still known")
    func found() {
        let texts = both(Story.policy) { story, pause in
            PanelTests.staff(&story)
            story.submit("rq", PanelTests.panel)
            story.deliver("rq/1/1") {
                $0.diagnosis = .changed
                $0.family = .lymphoma
            }
            story.deliver("rq/2/1") { $0.diagnosis = .indeterminate }
            ClockTests.hours(&story, 48)
            pause(&story)
            ClockTests.hours(&story, 49)
            story.amend("rq") {
                $0.kind = .panel
                $0.disciplines = ["psycho-oncology"]
            }
        }
        #expect(texts.live == texts.restored)
        #expect(
            texts.live.hasSuffix(
                """
                e8 rq/2/1 delivered
                    rq#3 unmatchable: expertise 5 [e8]
                    rq#4 unmatchable: expertise 5 [e8]
                hour 48
                timer
                    rq#5 escalated: waiting, seat 3 [e6]
                    rq#6 escalated: waiting, seat 4 [e6]
                hour 49
                nothing due
                e9 rq amended
                    rq#7 unmatchable: expertise 5 [e9]
                """
            ),
            "\(texts.live)"
        )
    }
}
