import OpinionFlow
import OpinionMatching
import Testing

/// Reminders, reassignment, escalation and expiry as prose.
@Suite("Clocks")
struct ClockTests {
    static func hours(_ story: inout Story, _ hours: Int...) {
        for hour in hours {
            story.wait(until: hour)
            story.tick()
        }
    }

    @Test("whoever has a seat is reminded, then somebody hears of it; an opinion stops the clock")
    func deliver() {
        let text = story {
            $0.profile("anna")
            $0.submit("rq") { $0.priority = .asap }
            Self.hours(&$0, 23, 24, 35, 36)
            $0.deliver("rq/1/1")
            Self.hours(&$0, 100)
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e2]
                hour 23
                nothing due
                hour 24
                timer
                    rq#2 reminder: deliver, rq/1/1 of anna [e2]
                hour 35
                nothing due
                hour 36
                timer
                    rq#3 escalated: not-delivered, rq/1/1 of anna [e2]
                e3 rq/1/1 delivered
                    rq#4 report: anna says confirmed after 36 h [e3]
                hour 100
                nothing due
                """
        )
    }

    @Test(
        "where the policy says so a seat without an opinion goes to somebody else, with a clock of its own"
    )
    func reassign() {
        var policy = Story.policy
        policy.clocks[.deliver] = ClockLimits(
            remindHours: [10, 10, 10, 10],
            reassignHours: [20, 20, 20, 20]
        )
        let text = story(policy) {
            $0.profile("anna")
            $0.submit("rq")
            $0.profile("bela")
            Self.hours(&$0, 10, 20, 29, 30)
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e2]
                e3 bela profiled
                hour 10
                timer
                    rq#2 reminder: deliver, rq/1/1 of anna [e2]
                hour 20
                timer
                    rq#3 rq/1/1 taken back from anna: timed-out [e2]
                    rq#4 rq/1/2 to bela, who holds 0 of 1 [e2]
                hour 29
                nothing due
                hour 30
                timer
                    rq#5 reminder: deliver, rq/1/2 of bela [e2]
                """
        )
    }

    @Test("a seat that nobody else can take stays, and is looked at again after the same time")
    func reassignToNobody() {
        var policy = Story.policy
        policy.clocks[.deliver] = ClockLimits(
            reassignHours: [20, 20, 20, 20],
            escalateHours: [30, 30, 30, 30]
        )
        let text = story(policy) {
            $0.profile("anna")
            $0.submit("rq")
            Self.hours(&$0, 20)
            $0.restart()
            $0.profile("bela")
            Self.hours(&$0, 30, 39, 40)
            $0.deliver("rq/1/2")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 to anna, who holds 0 of 1 [e2]
                hour 20
                nothing due
                e3 bela profiled
                hour 30
                timer
                    rq#2 escalated: not-delivered, rq/1/1 of anna [e2]
                hour 39
                nothing due
                hour 40
                timer
                    rq#3 rq/1/1 taken back from anna: timed-out [e2]
                    rq#4 rq/1/2 to bela, who holds 0 of 1 [e2]
                e4 rq/1/2 delivered
                    rq#5 report: bela says confirmed after 40 h [e4]
                """
        )
    }

    @Test("an offer has a clock, and accepting it begins the other")
    func accept() {
        var policy = Story.policy
        policy.offersSeats = true
        let text = story(policy) {
            $0.profile("anna") { $0.acceptance = .manual }
            $0.submit("rq") { $0.priority = .urgent }
            Self.hours(&$0, 4)
            $0.accept("rq/1/1")
            Self.hours(&$0, 39, 40, 63, 64)
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 rq/1/1 offered to anna, who holds 0 of 1 [e2]
                hour 4
                timer
                    rq#2 reminder: accept, rq/1/1 of anna [e2]
                e3 rq/1/1 accepted
                hour 39
                nothing due
                hour 40
                timer
                    rq#3 reminder: deliver, rq/1/1 of anna [e2]
                hour 63
                nothing due
                hour 64
                timer
                    rq#4 escalated: not-delivered, rq/1/1 of anna [e2]
                """
        )
    }

    @Test("of a reminder and an escalation that fell due together only the graver is told")
    func together() {
        let text = story {
            $0.profile("anna")
            $0.submit("rq") { $0.priority = .stat }
            Self.hours(&$0, 20)
        }
        #expect(
            text.hasSuffix(
                """
                hour 20
                timer
                    rq#2 escalated: not-delivered, rq/1/1 of anna [e2]
                """
            )
        )
    }

    @Test("a request that nobody answers ends after the policy's days, and its unit is free")
    func expire() {
        var policy = Story.policy
        policy.expiresAfter = 3 * Day.milliseconds
        let text = story(policy) {
            $0.profile("anna")
            $0.submit("r1")
            $0.wait(until: 1)
            $0.submit("r2")
            Self.hours(&$0, 48, 72, 73)
            $0.deliver("r2/1/1")
            $0.submit("r1", at: 0)
        }
        #expect(
            text == """
                e1 anna profiled
                e2 r1 submitted
                    r1#1 r1/1/1 to anna, who holds 0 of 1 [e2]
                hour 1
                e3 r2 submitted
                    r2#1 waits: capacity 1 [e3]
                hour 48
                nothing due
                hour 72
                timer
                    r2#2 escalated: waiting, seat 1 [e3]
                    r1#2 r1/1/1 taken back from anna: request-expired [e2]
                    r1#3 closed: expired [e2]
                    r2#3 r2/1/1 to anna, who holds 0 of 1 [e3]
                hour 73
                timer
                    r2#4 r2/1/1 taken back from anna: request-expired [e3]
                    r2#5 closed: expired [e3]
                e4 r2/1/1 delivered: not-open at /data/assignmentId
                e5 r1 submitted: duplicate
                """
        )
    }

    @Test("a request that is read when it has ended already is closed, and nobody is asked")
    func expiredUnread() {
        var policy = Story.policy
        policy.expiresAfter = 3 * Day.milliseconds
        policy.records.required = ["path-report"]
        let text = story(policy) {
            $0.profile("anna")
            $0.wait(until: 72)
            $0.submit("r1", at: 0) { $0.records = ["path-report"] }
            $0.amend("r2", at: 0)
            $0.submit("r3", at: 0) { submission in
                submission.kind = .panel
                submission.records = ["path-report"]
            }
            $0.submit("r4", at: 1) { $0.records = ["path-report"] }
            $0.deliver("r1/1/1")
            $0.tick()
        }
        #expect(
            text == """
                e1 anna profiled
                hour 72
                e2 r1 submitted
                    r1#1 closed: expired [e2]
                e3 r2 amended
                    r2#1 closed: expired [e3]
                e4 r3 submitted
                    r3#1 closed: expired [e4]
                e5 r4 submitted
                    r4#1 r4/1/1 to anna, who holds 0 of 1 [e5]
                e6 r1/1/1 delivered: not-open at /data/assignmentId
                nothing due
                """
        )
    }

    @Test("of a request that is due is told once, and again when it comes due anew")
    func overdue() {
        func due(_ day: Int64) -> (inout Submission) -> Void {
            { $0.due = Story.begin.advanced(by: day * Day.milliseconds) }
        }
        var policy = Story.policy
        policy.clocks[.deliver] = ClockLimits()
        let text = story(policy) {
            $0.profile("anna")
            $0.submit("rq", due(1))
            Self.hours(&$0, 24, 72)
            $0.amend("rq", due(2))
            $0.tick()
            $0.amend("rq", due(3))
            $0.tick()
            $0.amend("rq", due(4))
            Self.hours(&$0, 95, 96)
            $0.amend("rq", due(1))
            $0.tick()
        }
        #expect(
            text.hasSuffix(
                """
                hour 24
                timer
                    rq#2 escalated: overdue [e2]
                hour 72
                nothing due
                e3 rq amended
                nothing due
                e4 rq amended
                nothing due
                e5 rq amended
                hour 95
                nothing due
                hour 96
                timer
                    rq#3 escalated: overdue [e5]
                e6 rq amended
                nothing due
                """
            ),
            "\(text)"
        )
    }

    @Test("a request that becomes a panel when it is overdue has all of them work at once")
    func overduePanel() {
        let text = story {
            for name in ["pathology", "radiology", "medical-oncology"] {
                $0.profile(name) { $0.disciplines = [name] }
            }
            $0.submit("rq") { $0.disciplines = ["urology"] }
            Self.hours(&$0, 168)
            $0.amend("rq") { submission in
                submission.kind = .panel
                submission.due = Story.begin.advanced(by: 6 * Day.milliseconds)
            }
        }
        #expect(text.contains("to medical-oncology as chair"), "\(text)")
    }
}
