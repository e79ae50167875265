/// What a request wishes for in a specialist.
///
/// Wishes only add terms to the score: they never keep a seat waiting and never override a hard rule. The order of several
/// languages is a wish too; it is in ``Need/languages``.
package struct Preferences: Hashable, Sendable {
    package enum Kind: Int, CaseIterable, Sendable {
        case sex, language, level, continuity

        /// The name in settings, in a candidate's `terms` and in `decision.step`.
        package var name: String {
            switch self {
            case .sex: "sex"
            case .language: "language"
            case .level: "level"
            case .continuity: "continuity"
            }
        }
    }

    /// As spelled in profiles; nil when it doesn't matter.
    package var sex: String?
    /// The level of expertise, 1 to 5; nil when any level that the rules allow will do.
    package var level: Int?
    /// The specialist who knows the patient's case already.
    package var specialist: Specialist.ID?

    package init(sex: String? = nil, level: Int? = nil, specialist: Specialist.ID? = nil) {
        self.sex = sex
        self.level = level
        self.specialist = specialist
    }
}

/// A set of kinds of wishes.
package struct PreferenceSet: Hashable, Sendable {
    private var bits: UInt8 = 0

    package init(_ kinds: [Preferences.Kind] = []) {
        for kind in kinds { insert(kind) }
    }

    package mutating func insert(_ kind: Preferences.Kind) { bits |= 1 << UInt8(kind.rawValue) }
    package func contains(_ kind: Preferences.Kind) -> Bool {
        bits & 1 << UInt8(kind.rawValue) != 0
    }
    package var isEmpty: Bool { bits == 0 }
    package var kinds: [Preferences.Kind] { Preferences.Kind.allCases.filter(contains) }
}
