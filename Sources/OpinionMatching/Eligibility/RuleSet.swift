/// A set of hard rules.
package struct RuleSet: Hashable, Sendable {
    /// One bit for each rule, as stored in state; see ``Rule``.
    package private(set) var bits: UInt16

    /// The empty set.
    package init() { bits = 0 }

    package init(_ rules: some Sequence<Rule>) {
        bits = rules.reduce(0) { $0 | $1.stateBit }
    }

    /// The set with these bits; bits that belong to no rule are dropped.
    package init(bits: UInt16) {
        self.init(Rule.allCases.filter { bits & $0.stateBit != 0 })
    }

    package func contains(_ rule: Rule) -> Bool { bits & rule.stateBit != 0 }
}

extension Rule {
    /// The rule's bit in ``RuleSet/bits``.
    package var stateBit: UInt16 { 1 << UInt16(rawValue) }
}
