/// The hard rules in the order in which they are told.
///
/// None is ever relaxed.
package enum Rule: Int, CaseIterable, Hashable, Sendable {
    case expertise, discipline, language, licence, independence, excluded, age, availability
    case capacity

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

    /// Whether waiting alone can lift it, without a change of roster or request.
    package var passesWithTime: Bool { self == .availability || self == .capacity }

    package init?(name: String) {
        guard let rule = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = rule
    }
}

/// How many specialists each rule was the first to exclude.
package struct Exclusions: Hashable, Sendable {
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

/// A set of hard rules.
package struct RuleSet: Hashable, Sendable {
    package private(set) var bits: UInt16

    /// The empty set.
    package init() { bits = 0 }

    package init(_ rules: some Sequence<Rule>) {
        bits = rules.reduce(0) { $0 | 1 << UInt16($1.rawValue) }
    }

    /// The set with that bit pattern; unknown bits are dropped.
    package init(bits: UInt16) {
        self.init(Rule.allCases.filter { bits & 1 << UInt16($0.rawValue) != 0 })
    }

    package func contains(_ rule: Rule) -> Bool { bits & 1 << UInt16(rule.rawValue) != 0 }
}
