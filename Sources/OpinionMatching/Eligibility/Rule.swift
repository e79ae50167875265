/// The hard rules, in the order in which they are asked and reported.
///
/// No rule is ever relaxed. What each one asks is in its own file in `Rules`.
///
/// *Invariant:* a raw value is the number of a bit in stored state: the `rules` of a waiting seat. Never change one and
/// never reuse the number of a rule that was removed. A new rule takes the next free number, up to 15, wherever its
/// case stands; the order of the cases is the order of the rules and may change.
package enum Rule: Int, CaseIterable, Hashable, Sendable {
    case expertise = 0
    case discipline = 1
    case language = 2
    case licence = 3
    case independence = 4
    case excluded = 5
    case age = 6
    case availability = 7
    case capacity = 8

    /// The name in `decision.excluded` and `reasons`.
    package var name: String {
        switch self {
        case .expertise: "expertise"
        case .discipline: "discipline"
        case .language: "language"
        case .licence: "licence"
        case .independence: "independence"
        case .excluded: "excluded"
        case .age: "age"
        case .availability: "availability"
        case .capacity: "capacity"
        }
    }

    /// What the rule asks.
    var definition: any HardRule.Type {
        switch self {
        case .expertise: ExpertiseRule.self
        case .discipline: DisciplineRule.self
        case .language: LanguageRule.self
        case .licence: LicenceRule.self
        case .independence: IndependenceRule.self
        case .excluded: ExcludedRule.self
        case .age: AgeRule.self
        case .availability: AvailabilityRule.self
        case .capacity: CapacityRule.self
        }
    }

    /// Whether waiting alone can lift it, without a change of roster or request.
    package var passesWithTime: Bool { definition.passesWithTime }

    package init?(name: String) {
        guard let rule = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = rule
    }
}
