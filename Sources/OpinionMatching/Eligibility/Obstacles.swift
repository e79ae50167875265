extension Roster {
    /// The lasting rules each of which alone keeps somebody from a seat that nobody may take.
    ///
    /// No rule is ever relaxed; this says which single fact of the request, or of some profile, would have to be
    /// another one. Availability and capacity are left out: they pass with time.
    /// - Complexity: a screening for each rule; asked when a seat turns out unmatchable.
    package mutating func soleObstacles(to need: Need, _ policy: Matching) -> RuleSet {
        var rules: [Rule] = []
        for rule in Rule.allCases where !rule.passesWithTime {
            screenLasting(need.without(rule), policy, expertsOnly: rule != .expertise)
            if eligibility.kept > 0 { rules.append(rule) }
        }
        return RuleSet(rules)
    }
}

extension Need {
    /// The same without the facts that a rule looks at; expertise is no fact of its own.
    fileprivate func without(_ rule: Rule) -> Need {
        var need = self
        switch rule {
        case .expertise, .availability, .capacity: break
        case .discipline: need.disciplines = []
        case .language: need.languages = []
        case .licence: need.residence = nil
        case .independence:
            need.firstOpinion = nil
            need.reviewers = []
            need.fullOrganisations = []
        case .excluded: need.excluded = []
        case .age: need.age = nil
        }
        return need
    }
}
