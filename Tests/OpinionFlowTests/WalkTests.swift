import Foundation
import OpinionFlow
import OpinionTesting
import Testing

/// Everything that can happen, in orders that nobody would think of.
@Suite("Random walks")
struct WalkTests {
    static let steps = 200

    @Test(
        "whatever happens the contract holds, and a restored shard goes on like the first",
        arguments: 1...120 as ClosedRange<UInt64>
    )
    func walk(seed: UInt64) {
        var world = World(seed: seed)
        for step in 0..<Self.steps {
            world.step()
            guard world.problems.isEmpty else {
                #expect(world.problems == [], "seed \(seed), step \(step)")
                return
            }
        }
    }

    /// `OPINIOND_WALKS` asks for more of them: 5,000 are a million steps.
    static let panelWalks =
        ProcessInfo.processInfo.environment["OPINIOND_WALKS"].flatMap(UInt64.init) ?? 120

    @Test("with panels as well: no rule is broken, nobody sits twice, whoever can be served is")
    func panels() {
        var tally: [String: Int] = [:]
        for seed in 1...Self.panelWalks {
            var world = PanelWorld(seed: seed)
            for step in 0..<Self.steps {
                world.step()
                guard world.problems.isEmpty else {
                    #expect(world.problems == [], "seed \(seed), step \(step)")
                    return
                }
            }
            tally.merge(world.tally, uniquingKeysWith: +)
        }
        print("panel walks: \(tally.sorted { $0.key < $1.key })")
        let wanted = [
            "assigned chair", "assigned member", "assigned adjudicator",
            "assigned for several organs", "waiting", "unmatchable", "escalated waiting",
            "escalated overdue", "report unanimous", "report majority", "report divided",
            "report with missing seats", "rescinded reported", "rescinded amended",
            "rescinded declined", "rescinded given-back", "rescinded specialist-retired",
            "rescinded request-withdrawn", "rescinded timed-out", "rescinded request-expired",
            "rescinded accepted-elsewhere", "offered to several", "rescinded directed",
            "directed applied", "directed not", "restored",
            "awaiting records", "reminder records", "reminder accept", "reminder deliver",
            "escalated awaiting-records", "escalated not-delivered",
        ]
        for name in wanted { #expect(tally[name, default: 0] > 0, "\(name)") }
    }

    @Test("the walk goes everywhere, so that its silence says something")
    func coverage() {
        var tally: [String: Int] = [:]
        for seed in 1...30 as ClosedRange<UInt64> {
            var world = World(seed: seed)
            for _ in 0..<Self.steps { world.step() }
            tally.merge(world.tally, uniquingKeysWith: +)
        }
        let wanted = [
            "assigned", "waiting", "unmatchable", "closed", "report", "timer", "forgotten",
            "restored",
            "rescinded declined", "rescinded given-back", "rescinded amended",
            "rescinded request-withdrawn", "rescinded specialist-retired",
            "submitted applied", "submitted duplicate", "submitted conflict", "submitted stale",
            "submitted superseded", "amended applied", "amended superseded", "withdrawn applied",
            "withdrawn superseded", "accepted applied", "declined applied", "givenBack applied",
            "rescinded directed", "directed applied", "directed duplicate", "directed not-open",
            "directed not-eligible", "pause",
            "delivered applied", "delivered not-open", "delivered wrong-specialist",
        ]
        for name in wanted { #expect(tally[name, default: 0] > 0, "\(name): \(tally)") }
    }
}
