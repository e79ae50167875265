import OpinionFlow
import OpinionMatching
import Testing

/// Who declines for their workload is left alone for a while.
@Suite("Pauses after declining for workload")
struct PauseTranscripts {
    private static var policy: Policy {
        var policy = Story.policy
        policy.workloadPause = 48 * 3_600_000
        policy.clocks[.assign] = ClockLimits()
        return policy
    }

    /// Tells a story as it is and with a restart where it says so, which must tell the same.
    private func told(
        _ policy: Policy = Self.policy,
        _ tell: (inout Story, _ restart: (inout Story) -> Void) -> Void
    ) -> String {
        let live = story(policy) { tell(&$0) { _ in } }
        let restored = story(policy) { tell(&$0) { $0.restart() } }
        #expect(live == restored)
        return live
    }

    @Test("whoever declines gets no seat of any request before the pause is over, and then at once")
    func pause() {
        let text = told { story, restart in
            story.profile("anna", units: 2)
            story.submit("r1")
            story.wait(until: 1)
            story.decline("r1/1/1", for: .workload)
            restart(&story)
            story.wait(until: 2)
            story.submit("r2")
            story.wait(until: 48)
            story.tick()
            restart(&story)
            story.wait(until: 49)
            story.tick()
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 2 [e2]
                hour 1
                e3 r1/1/1 declined for workload
                    r1#2 r1/1/1 taken back from anna: declined [e3]
                    r1#3 waits: availability 1 [e3]
                hour 2
                e4 r2 submitted
                    r2#1 waits: availability 1 [e4]
                hour 48
                nothing due
                hour 49
                timer
                    r1#4 r1/1/2 to anna, who holds 0 of 2 [e2]
                    r2#2 r2/1/1 to anna, who holds 1 of 2 [e4]
                """
        )
    }

    @Test("others take the seat, and whoever pauses keeps and delivers what they hold")
    func keeps() {
        let text = told { story, restart in
            story.profile("anna", units: 2)
            story.submit("r1")
            story.submit("r2")
            story.profile("bela", units: 1)
            story.decline("r2/1/1", for: .workload)
            restart(&story)
            story.submit("r3")
            story.deliver("r1/1/1", by: "anna")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 2 [e2]
                e3 r2 submitted
                    r2#1 r2/1/1 to anna, who holds 1 of 2 [e3]
                e4 bela profiled
                e5 r2/1/1 declined for workload
                    r2#2 r2/1/1 taken back from anna: declined [e5]
                    r2#3 r2/1/2 to bela, who holds 0 of 1 [e5]
                e6 r3 submitted
                    r3#1 waits: availability 1, capacity 1 [e6]
                e7 r1/1/1 delivered by anna
                    r1#2 report: anna says confirmed after 0 h [e7]
                """
        )
    }

    @Test("whoever waits is told when a pause is why, and no longer the lack of room")
    func reasons() {
        let text = told { story, restart in
            story.profile("anna", units: 2)
            for request in ["r1", "r2", "r3"] { story.submit(request) }
            story.decline("r1/1/1", for: .workload)
            story.lookAgain()
            restart(&story)
            story.withdraw("r1")
        }
        #expect(
            text.hasSuffix(
                """
                e4 r3 submitted
                    r3#1 waits: capacity 1 [e4]
                e5 r1/1/1 declined for workload
                    r1#2 r1/1/1 taken back from anna: declined [e5]
                    r1#3 waits: availability 1 [e5]
                looked again
                    r3#2 waits: availability 1 [e4]
                e6 r1 withdrawn
                    r1#4 closed: withdrawn [e6]
                """
            ),
            "\(text)"
        )
    }

    @Test("neither a new profile ends a pause nor leaving and coming back")
    func profiles() {
        let text = told { story, restart in
            story.profile("anna")
            story.submit("rq")
            story.decline("rq/1/1", for: .workload)
            story.profile("anna", units: 3)
            restart(&story)
            story.retire("anna")
            restart(&story)
            story.profile("anna", units: 4)
            story.garble("anna")
            story.profile("anna", units: 5)
            story.wait(until: 48)
            story.tick()
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e2]
                e3 rq/1/1 declined for workload
                    rq#2 rq/1/1 taken back from anna: declined [e3]
                    rq#3 waits: availability 1 [e3]
                e4 anna profiled
                anna retired
                    rq#4 unmatchable: nobody there [e2]
                e5 anna profiled
                    rq#5 waits: availability 1 [e2]
                anna unreadable
                    rq#6 unmatchable: nobody there [e2]
                e6 anna profiled
                    rq#7 waits: availability 1 [e2]
                hour 48
                timer
                    rq#8 rq/1/2 to anna, who holds 0 of 5 [e2]
                """
        )
    }

    @Test("the pause is that of one network: whoever moves begins anew")
    func moves() {
        let text = story(Self.policy) { story in
            story.profile("anna") { $0.network = "elsewhere" }
            story.profile("anna")
            story.submit("rq")
            story.decline("rq/1/1", for: .workload)
            story.profile("anna") { $0.network = "elsewhere" }
            story.submit("there", in: "elsewhere")
        }
        #expect(
            text.hasSuffix("\n    there#1 there/1/1 to anna, who holds 0 of 1 [e6]"),
            "\(text)"
        )
    }

    @Test("the latest decline counts, and the pause is as long as the policy says now")
    func longest() {
        let text = told { story, restart in
            story.profile("anna", units: 2)
            story.submit("r1")
            story.submit("r2")
            story.decline("r1/1/1", for: .workload)
            story.wait(until: 5)
            story.decline("r2/1/1", for: .workload)
            story.withdraw("r1")
            story.withdraw("r2")
            story.submit("r3")
            story.adopt("short") { $0.workloadPause = 6 * 3_600_000 }
            restart(&story)
            story.wait(until: 10)
            story.tick()
            story.wait(until: 11)
            story.tick()
        }
        #expect(
            text.hasSuffix(
                """
                    r3#1 waits: availability 1 [e8]
                policy short
                hour 10
                nothing due
                hour 11
                timer
                    r3#2 r3/1/1 to anna, who holds 0 of 2 [e8]
                """
            ),
            "\(text)"
        )
    }

    @Test("a policy without pauses ends all at once, and one with pauses knows who declined before")
    func switched() {
        let text = told { story, restart in
            story.profile("anna", units: 2)
            story.submit("r1")
            story.submit("r2")
            story.decline("r1/1/1", for: .workload)
            story.withdraw("r1")
            story.submit("r3")
            story.adopt("none") { $0.workloadPause = 0 }
            restart(&story)
            story.withdraw("r3")
            story.adopt("again") { $0.workloadPause = 48 * 3_600_000 }
            restart(&story)
            story.submit("r4")
        }
        #expect(
            text.hasSuffix(
                """
                    r3#1 waits: availability 1 [e6]
                policy none
                    r3#2 r3/1/1 to anna, who holds 1 of 2 [e6]
                e7 r3 withdrawn
                    r3#3 r3/1/1 taken back from anna: request-withdrawn [e7]
                    r3#4 closed: withdrawn [e7]
                policy again
                e8 r4 submitted
                    r4#1 waits: availability 1 [e8]
                """
            ),
            "\(text)"
        )
    }

    @Test("an operator may name somebody who pauses; the pause goes on")
    func directed() {
        let text = told { story, restart in
            story.profile("anna", units: 2)
            story.submit("r1")
            story.decline("r1/1/1", for: .workload)
            restart(&story)
            story.direct("r1", to: "anna")
            story.submit("r2")
        }
        #expect(
            text.hasSuffix(
                """
                    r1#3 waits: availability 1 [e3]
                e4 r1 directed to anna
                    r1#4 r1/1/2 to anna, who holds 0 of 2, by op-1 for continuity [e4]
                e5 r2 submitted
                    r2#1 waits: availability 1 [e5]
                """
            ),
            "\(text)"
        )
    }

    @Test(
        "who declines for another reason or lets an offer pass has no pause, and nobody by default",
        arguments: DeclineReason.allCases.filter { $0 != .workload }
    )
    func others(reason: DeclineReason) {
        func tell(_ policy: Policy, _ reason: DeclineReason) -> String {
            story(policy) { story in
                story.profile("anna")
                story.submit("r1")
                story.decline("r1/1/1", for: reason)
                story.withdraw("r1")
                story.submit("r2")
            }
        }
        let last = "    r2#1 r2/1/1 to anna, who holds 0 of 1 [e5]"
        #expect(tell(Self.policy, reason).hasSuffix(last))
        #expect(tell(Story.policy, .workload).hasSuffix(last))
    }

    @Test("a request that ended is remembered until the pause is over that it tells of")
    func remembered() {
        var policy = Self.policy
        policy.workloadPause = 168 * 3_600_000
        policy.retention = Day.milliseconds
        let text = told(policy) { story, restart in
            // It is Monday.
            story.wait(until: 24)
            story.profile("anna")
            story.submit("r1")
            story.decline("r1/1/1", for: .workload)
            story.withdraw("r1")
            story.wait(until: 191)
            story.tick()
            #expect(story.shard.snapshot.map(\.status) == [.withdrawn])
            restart(&story)
            story.submit("r2") { $0.due = Story.begin.advanced(by: 20 * Day.milliseconds) }
            story.wait(until: 192)
            story.tick()
            #expect(story.shard.snapshot.map(\.key.request) == ["r2"])
        }
        let last = text.split(separator: "\n").suffix(5)
        #expect(
            last == [
                "e5 r2 submitted", "    r2#1 waits: availability 1 [e5]", "hour 192", "timer",
                "    r2#2 r2/1/1 to anna, who holds 0 of 1 [e5]",
            ]
        )
    }
}
