import OpinionFlow
import OpinionMatching
import Testing

/// Requests whose records are not complete, as prose.
@Suite("Records that are awaited")
struct GateTests {
    private func story(_ tell: (inout Story) -> Void) -> String {
        var policy = Story.policy
        policy.records.required = ["path-report"]
        policy.records.byFamily[.breast] = ["imaging"]
        var story = Story(policy: policy)
        tell(&story)
        return story.text
    }

    @Test("nobody is asked before the records are complete; the report tells how long that took")
    func complete() {
        let text = story {
            $0.profile("anna")
            $0.submit("rq")
            $0.wait(until: 5)
            $0.amend("rq") { $0.records = ["path-report", "notes"] }
            $0.amend("rq") { $0.records = ["path-report"] }
            $0.wait(until: 24)
            $0.tick()
            $0.wait(until: 30)
            $0.amend("rq") { $0.records = ["imaging", "path-report"] }
            // What is taken up is not put down again.
            $0.amend("rq") { $0.records = [] }
            $0.wait(until: 50)
            $0.deliver("rq/1/1")
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 awaits path-report, imaging [e2]
                hour 5
                e3 rq amended
                    rq#2 awaits imaging [e3]
                e4 rq amended
                hour 24
                timer
                    rq#3 reminder: records [e4]
                hour 30
                e5 rq amended
                    rq#4 rq/1/1 to anna, who holds 0 of 1 [e5]
                e6 rq amended
                hour 50
                e7 rq/1/1 delivered
                    rq#5 report: anna says confirmed after 50 h of which 30 h for records [e7]
                """
        )
    }

    @Test("what comes too late is told; a withdrawal ends the waiting")
    func late() {
        let text = story {
            $0.submit("rq") { $0.priority = .stat }
            $0.wait(until: 6)
            $0.tick()
            $0.wait(until: 168)
            $0.tick()
            $0.withdraw("rq")
        }
        #expect(
            text == """
                e1 rq submitted
                    rq#1 awaits path-report, imaging [e1]
                hour 6
                timer
                    rq#2 escalated: awaiting-records [e1]
                hour 168
                timer
                    rq#3 escalated: overdue [e1]
                e2 rq withdrawn
                    rq#4 closed: withdrawn [e2]
                """
        )
    }

    @Test(
        "a panel whose records come after it was due has those advise at once who else would wait"
    )
    func overdue() {
        let text = story {
            $0.profile("paul") { $0.disciplines = ["pathology"] }
            $0.profile("mona")
            $0.submit("rq") { $0.kind = .panel }
            $0.wait(until: 168)
            $0.tick()
            $0.amend("rq") {
                $0.kind = .panel
                $0.records = ["path-report", "imaging"]
            }
        }
        #expect(text.contains("rq#4 rq/1/1 to paul as pathology for breast"))
        #expect(text.contains("rq/3/1 to mona as chair, medical-oncology for breast"))
    }

    @Test("a panel opens its first seats when its records are there, also by another policy")
    func panel() {
        let text = story {
            $0.profile("paul") { $0.disciplines = ["pathology"] }
            $0.submit("rq") { $0.kind = .panel }
            $0.adopt("lax") {
                $0.records = RecordsPolicy()
                $0.panels.first = ["pathology"]
            }
        }
        #expect(
            text == """
                e1 paul profiled
                e2 rq submitted
                    rq#1 awaits path-report, imaging [e2]
                policy lax
                    rq#2 rq/1/1 to paul as pathology for breast, who holds 0 of 1 [e2]
                """
        )
    }
}
