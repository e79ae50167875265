/// How many specialists each rule was the first to exclude.
package struct Exclusions: Hashable, Sendable {
    /// By the rule's raw value.
    private var counts = SIMD16<Int32>()

    package init() {}

    package subscript(rule: Rule) -> Int {
        get { Int(counts[rule.rawValue]) }
        set { counts[rule.rawValue] = Int32(clamping: newValue) }
    }

    package var total: Int { Int(counts.wrappedSum()) }

    /// The rules that exclude anybody.
    package var rules: RuleSet { RuleSet(Rule.allCases.filter { self[$0] > 0 }) }
}
