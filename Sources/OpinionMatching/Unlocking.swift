extension Roster {
    /// The lasting rules each of which alone keeps somebody from a seat that nobody may take.
    ///
    /// No rule is ever relaxed; this says which single fact of the request, or of some profile, would have to be
    /// another one. Availability and capacity are left out: they pass with time.
    /// - Complexity: a screening for each rule; asked when a seat turns out unmatchable.
    package mutating func soleObstacles(
        to need: Need,
        _ policy: Matching,
        at now: Moment
    ) -> RuleSet {
        var rules: [Rule] = []
        for rule in Rule.allCases where !rule.passesWithTime {
            if admitsAnybody(to: need, policy, but: rule, at: now) { rules.append(rule) }
        }
        return RuleSet(rules)
    }

    private mutating func admitsAnybody(
        to need: Need,
        _ policy: Matching,
        but rule: Rule,
        at now: Moment
    ) -> Bool {
        let open = need.without(rule)
        let excluded = screen(open, policy, at: now, expertsOnly: rule != .expertise)
        return activeCount - excluded.total + excluded[.availability] + excluded[.capacity] > 0
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
