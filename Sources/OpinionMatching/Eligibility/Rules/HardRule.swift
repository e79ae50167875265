/// A hard rule in all the forms in which the roster asks it.
///
/// Each rule has a file in this folder with everything that the rule means:
/// - for the whole roster: `row` or `rows`, the sets whose members pass, or `drop`, which removes those who don't;
/// - for one specialist: `isBroken`;
/// - what a need without the rule is: ``removeFacts(from:)``.
///
/// `Screening.swift` has the order in which they are asked. The test `RuleFormsTests` compares the first two.
///
/// A new rule is a file here, a case of ``Rule``, and a place in both orders of `Screening.swift`. It needs no set of its
/// own in the walks over the words: `drop` with a set, or with a test for each specialist who is left, is enough.
protocol HardRule {
    /// Whether waiting alone can lift it, without a change of roster or request.
    static var passesWithTime: Bool { get }

    /// Removes the facts that the rule looks at, so that it excludes nobody.
    ///
    /// A rule that looks at no fact of its own removes nothing.
    static func removeFacts(from need: inout Need)
}

/// A rule whose answer changes only with a profile or the request.
protocol LastingRule: HardRule {
    /// Whether the specialist in a slot breaks the rule.
    static func isBroken(
        by slot: Int,
        _ need: Need,
        _ policy: MatchingPolicy,
        in roster: inout Roster
    ) -> Bool
}

extension LastingRule {
    static var passesWithTime: Bool { false }
}

/// A rule whose answer depends on the moment or on the work that specialists have.
protocol PassingRule: HardRule {
    /// Whether the specialist in a slot breaks the rule at a moment.
    static func isBroken(
        by slot: Int,
        _ need: Need,
        at now: Moment,
        in roster: inout Roster
    ) -> Bool
}

extension PassingRule {
    static var passesWithTime: Bool { true }

    static func removeFacts(from need: inout Need) {}
}
