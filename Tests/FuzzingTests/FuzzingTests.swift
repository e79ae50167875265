import OpinionFuzzing
import Testing

/// A backlog is taken in pieces, however slow the brokers are.
@Suite("Backlog")
struct BacklogTests {
    @Test("no more than two transactions are in hand", arguments: [0, 3, 200])
    func bounded(patience: Int) {
        let run = SlowRun(records: 12_000, patience: patience)
        #expect(run.committed == 12_000)
        #expect(run.inHand <= 4_000)
        #expect(run.bytes < 12 << 20)
    }
}

/// A little of what the Fuzzer does at length.
@Suite("Hostile records")
struct FuzzingTests {
    @Test("every record has one fate, and no round shows an offence")
    func rounds() {
        var sum = FuzzSum()
        for number in 1...UInt64(20) {
            let round = FuzzRound(number)
            sum.add(round)
            #expect(round.offences.isEmpty, "round \(number): \(round.offences.prefix(5))")
        }
        print(sum.text)
        let wanted = [
            "taken", "forwarded", "profile", "retired", "not-json", "not-interoperable",
            "not-cloudevent",
            "unknown-type",
            "schema", "too-large", "unknown-family", "secondary-only", "key-mismatch", "conflict",
            "not-open", "wrong-specialist", "stale",
        ]
        for fate in wanted { #expect(sum.counts[fate, default: 0] > 0, "no record is \(fate)") }
    }
}
