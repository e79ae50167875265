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

    @Test("the walk goes everywhere, so that its silence says something")
    func coverage() {
        var tally: [String: Int] = [:]
        for seed in 1...10 as ClosedRange<UInt64> {
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
            "delivered applied", "delivered not-open", "delivered wrong-specialist",
        ]
        for name in wanted { #expect(tally[name, default: 0] > 0, "\(name): \(tally)") }
    }
}
