import OpinionFlow
import OpinionMatching
import Testing

/// What is told of seats that nobody has taken, as prose.
@Suite("Waits")
struct WaitTests {
    private func story(_ policy: Policy = Story.policy, _ tell: (inout Story) -> Void) -> String {
        var story = Story(policy: policy)
        tell(&story)
        return story.text
    }

    private static func panel(_ submission: inout Submission) { submission.kind = .panel }

    @Test("of each seat of a panel that waits too long is told, when it has")
    func escalatedSeats() {
        var policy = Story.policy
        policy.clocks[.assign].remind = [24, 24, 24, 24].map { $0 * 3_600_000 }
        let text = story(policy) {
            $0.profile("paul") { $0.disciplines = ["pathology"] }
            $0.profile("rita") { $0.disciplines = ["radiology"] }
            $0.submit("r1", Self.panel)
            $0.submit("r2", Self.panel)
            $0.wait(until: 12)
            $0.giveBack("r1/1/1")
            for hour in [24, 36, 48, 60, 61] {
                $0.wait(until: hour)
                $0.tick()
            }
        }
        #expect(
            text.hasSuffix(
                """
                e4 r2 submitted
                    r2#1 waits: discipline 1, capacity 1 [e4]
                    r2#2 waits: discipline 1, capacity 1 [e4]
                hour 12
                e5 r1/1/1 given back
                    r1#3 r1/1/1 taken back from paul: given-back [e5]
                    r1#4 unmatchable: discipline 1, excluded 1 [e5]
                    r2#3 r2/1/1 to paul as pathology for breast, who holds 0 of 1 [e5]
                hour 24
                timer
                    r2#4 reminder: assign, seat 2 [e4]
                hour 36
                timer
                    r1#5 reminder: assign, seat 1 [e3]
                hour 48
                timer
                    r2#5 escalated: waiting, seat 2 [e4]
                hour 60
                timer
                    r1#6 escalated: waiting, seat 1 [e3]
                hour 61
                nothing due
                """
            ),
            "\(text)"
        )
    }

    @Test("a seat that began to wait later than another of its panel is told of as well")
    func escalatedInTurn() {
        let text = story {
            $0.profile("paul") { $0.disciplines = ["pathology"] }
            $0.submit("rq", Self.panel)
            $0.wait(until: 12)
            $0.giveBack("rq/1/1")
            for hour in [48, 60, 61] {
                $0.wait(until: hour)
                $0.tick()
            }
        }
        #expect(
            text.hasSuffix(
                """
                hour 48
                timer
                    rq#5 escalated: waiting, seat 2 [e2]
                hour 60
                timer
                    rq#6 escalated: waiting, seat 1 [e2]
                hour 61
                nothing due
                """
            ),
            "\(text)"
        )
    }

    @Test("seats that began to wait together are told of together, each by itself")
    func escalatedTogether() {
        let text = story {
            $0.submit("rq", Self.panel)
            $0.wait(until: 48)
            $0.tick()
        }
        #expect(
            text.hasSuffix(
                """
                hour 48
                timer
                    rq#3 escalated: waiting, seat 1 [e1]
                    rq#4 escalated: waiting, seat 2 [e1]
                """
            ),
            "\(text)"
        )
    }

    @Test("offers that go back and forth are one wait, which is escalated; accepting one ends it")
    func offered() {
        var policy = Story.policy
        policy.offersSeats = true
        policy.clocks[.accept].remind = [0, 0, 0, 0]
        let text = story(policy) {
            $0.profile("anna") { $0.acceptance = .manual }
            $0.profile("bela") { $0.acceptance = .manual }
            $0.submit("rq")
            for hour in [24, 47] {
                $0.wait(until: hour)
                $0.tick()
            }
            $0.decline("rq/1/2", for: .workload)
            for hour in [48, 71] {
                $0.wait(until: hour)
                $0.tick()
            }
            $0.accept("rq/1/4")
            $0.giveBack("rq/1/4")
            $0.wait(until: 90)
            $0.tick()
            $0.accept("rq/1/5")
            for hour in [118, 119] {
                $0.wait(until: hour)
                $0.tick()
            }
        }
        #expect(
            text.hasSuffix(
                """
                    rq#1 rq/1/1 offered to bela, who holds 0 of 1 [e3]
                hour 24
                timer
                    rq#2 rq/1/1 taken back from bela: timed-out [e3]
                    rq#3 rq/1/2 offered to anna, who holds 0 of 1 [e3]
                hour 47
                nothing due
                e4 rq/1/2 declined for workload
                    rq#4 rq/1/2 taken back from anna: declined [e4]
                    rq#5 rq/1/3 offered to bela, who holds 0 of 1 [e4]
                hour 48
                timer
                    rq#6 escalated: waiting, seat 1 [e3]
                hour 71
                timer
                    rq#7 rq/1/3 taken back from bela: timed-out [e3]
                    rq#8 rq/1/4 offered to bela, who holds 0 of 1 [e3]
                e5 rq/1/4 accepted
                e6 rq/1/4 given back
                    rq#9 rq/1/4 taken back from bela: given-back [e6]
                    rq#10 rq/1/5 offered to anna, who holds 0 of 1 [e6]
                hour 90
                nothing due
                e7 rq/1/5 accepted
                hour 118
                nothing due
                hour 119
                nothing due
                """
            ),
            "\(text)"
        )
    }
}
