import OpinionMatching
import Testing

@Suite("Stored rules")
struct RuleSetTests {
    /// What is written to state.
    ///
    /// A line may be added here, never changed or removed.
    static let stored: [Rule: UInt16] = [
        .expertise: 0b0_0000_0001,
        .discipline: 0b0_0000_0010,
        .language: 0b0_0000_0100,
        .licence: 0b0_0000_1000,
        .independence: 0b0_0001_0000,
        .excluded: 0b0_0010_0000,
        .age: 0b0_0100_0000,
        .availability: 0b0_1000_0000,
        .capacity: 0b1_0000_0000,
    ]

    @Test("a rule keeps its stored bit for ever", arguments: Rule.allCases)
    func bits(_ rule: Rule) {
        #expect(rule.stateBit == Self.stored[rule])
        #expect(RuleSet([rule]).bits == Self.stored[rule])
    }

    @Test("rules are told in this order, whatever their bits")
    func order() {
        let names = Rule.allCases.map(\.name)
        #expect(
            names == [
                "expertise", "discipline", "language", "licence", "independence", "excluded", "age",
                "availability", "capacity",
            ]
        )
    }

    @Test("stored bits are read back, and those of no rule are dropped")
    func reading() {
        for bits in UInt16.min...1_023 {
            let rules = RuleSet(bits: bits)
            let named = Rule.allCases.filter { bits & Self.stored[$0, default: 0] != 0 }
            #expect(rules.bits == bits & 511)
            #expect(Rule.allCases.filter(rules.contains) == named)
        }
    }
}
