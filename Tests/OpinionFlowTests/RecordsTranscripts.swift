import OpinionFlow
import OpinionMatching
import Testing

/// Records are asked for once, and whoever no longer waits for them is served in order.
@Suite("Records that are no longer awaited")
struct RecordsTranscripts {
    private static var awaiting: Policy {
        var policy = Story.policy
        policy.records.required = ["path-report"]
        return policy
    }

    @Test("records are not asked for again when a seat that was given is taken back")
    func retaken() {
        let text = story(Self.awaiting) {
            $0.profile("anna")
            $0.submit("rq")
            $0.adopt("lax") { $0.records.required = [] }
            $0.adopt("strict") { $0.records.required = ["path-report"] }
            $0.giveBack("rq/1/1")
            $0.amend("rq") { $0.records = ["path-report"] }
            $0.amend("rq") { $0.records = [] }
        }
        #expect(
            text == """
                e1 anna profiled
                e2 rq submitted
                    rq#1 awaits path-report [e2]
                policy lax
                    rq#2 rq/1/1 to anna, who holds 0 of 1 [e2]
                policy strict
                e3 rq/1/1 given back
                    rq#3 rq/1/1 taken back from anna: given-back [e3]
                    rq#4 unmatchable: excluded 1 [e3]
                e4 rq amended
                e5 rq amended
                """
        )
    }

    @Test("records are not asked for again by a policy that was another one for a moment")
    func asBefore() {
        let text = story(Self.awaiting) {
            $0.submit("rq")
            $0.enact("lax") { $0.records.required = [] }
            $0.adopt("strict") { $0.records.required = ["path-report"] }
        }
        #expect(
            text == """
                e1 rq submitted
                    rq#1 awaits path-report [e1]
                policy lax
                policy strict
                """
        )
    }

    @Test("those who wait for records no longer are seated by priority, then by when they asked")
    func released() {
        let text = story(Self.awaiting) {
            $0.profile("anna", units: 2)
            $0.wait(until: 3)
            $0.submit("ra", at: 2)
            $0.submit("rb", at: 2) { $0.priority = .stat }
            $0.submit("rc", at: 1)
            $0.adopt("lax") { $0.records.required = [] }
            $0.deliver("rc/1/1")
        }
        #expect(
            text == """
                e1 anna profiled
                hour 3
                e2 ra submitted
                    ra#1 awaits path-report [e2]
                e3 rb submitted
                    rb#1 awaits path-report [e3]
                e4 rc submitted
                    rc#1 awaits path-report [e4]
                policy lax
                    rb#2 rb/1/1 to anna, who holds 0 of 2 [e3]
                    rc#2 rc/1/1 to anna, who holds 1 of 2 [e4]
                    ra#2 waits: capacity 1 [e2]
                e5 rc/1/1 delivered
                    rc#3 report: anna says confirmed after 2 h of which 2 h for records [e5]
                    ra#3 ra/1/1 to anna, who holds 1 of 2 [e5]
                """
        )
    }
}
