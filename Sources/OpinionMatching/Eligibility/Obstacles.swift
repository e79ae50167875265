extension Roster {
    /// The lasting rules of which each alone keeps somebody from a seat that nobody can take.
    ///
    /// No rule is ever relaxed; this tells which single fact of the request, or of some profile, would have to change.
    /// Availability and capacity are left out: they pass with time.
    /// - Complexity: a screening for each rule; asked when a seat turns out to be unmatchable.
    package mutating func soleObstacles(to need: Need, _ policy: MatchingPolicy) -> RuleSet {
        var rules: [Rule] = []
        for rule in Rule.allCases where !rule.passesWithTime {
            var rest = need
            rule.definition.removeFacts(from: &rest)
            let experts =
                rule == .expertise
                ? BitMatrix.active : ExpertiseRule.row(for: rest, policy, in: &self)
            screenLasting(rest, policy, among: experts)
            if eligibility.kept > 0 { rules.append(rule) }
        }
        return RuleSet(rules)
    }
}
