/// What a request would rather have of whoever takes a seat.
///
/// Terms of the score and no more: a wish never keeps a seat waiting and never passes over a hard rule. The
/// order of several languages is a wish too; it lies in ``Need/languages``.
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

    /// As the specialist's profile spells it; nil: no matter.
    package var sex: String?
    /// The level of expertise wished, 1 to 5; nil: any that the rules allow.
    package var level: Int?
    /// Who knows the patient's case already; nil: nobody.
    package var specialist: Specialist.ID?

    package init(sex: String? = nil, level: Int? = nil, specialist: Specialist.ID? = nil) {
        self.sex = sex
        self.level = level
        self.specialist = specialist
    }
}

/// How much wishes count, and for how long.
package struct PreferencePolicy: Hashable, Sendable {
    /// Points of the score by ``Preferences/Kind``, 0 to 5,000: once for another sex or person, for each level short,
    /// and for each place that a language is further down.
    package var weights: SIMD4<Int> = [3_000, 500, 1_000, 5_000]
    /// The age of a request from which a wish no longer counts, in milliseconds, by kind; 0: it always does.
    package var lasts: SIMD4<Int64> = [48, 24, 24, 72] &* 3_600_000

    package init() {}

    /// How far the wishes of a request have been relaxed at its age; nil: it has none.
    func step(of need: Need, at now: Moment) -> RelaxationStep? {
        let stated = need.statedPreferences
        guard !stated.isEmpty else { return nil }
        let age = now.milliseconds - need.asked.milliseconds
        var step = RelaxationStep(stated: stated)
        for kind in Preferences.Kind.allCases where hasEnded(kind, at: age) {
            if isFirst(of: kind) { step.number += 1 }
            if stated.contains(kind) { step.relaxed.insert(kind) }
        }
        return step
    }

    private func hasEnded(_ kind: Preferences.Kind, at age: Int64) -> Bool {
        let last = lasts[kind.rawValue]
        return last > 0 && last <= age
    }

    /// Wishes that end together are one step.
    private func isFirst(of kind: Preferences.Kind) -> Bool {
        !(0..<kind.rawValue).contains { lasts[$0] == lasts[kind.rawValue] }
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

/// How far the wishes of a request had been relaxed when it was decided.
package struct RelaxationStep: Hashable, Sendable {
    /// The policy's steps that its age had passed, from 0: all wishes count.
    package var number = 0
    package var stated: PreferenceSet
    /// Those stated that no longer counted.
    package var relaxed = PreferenceSet()

    package init(number: Int = 0, stated: PreferenceSet, relaxed: PreferenceSet = PreferenceSet()) {
        self.number = number
        self.stated = stated
        self.relaxed = relaxed
    }

    func counts(_ kind: Preferences.Kind) -> Bool {
        stated.contains(kind) && !relaxed.contains(kind)
    }
}

/// Points for each kind of wish that a specialist doesn't fulfil.
package struct PreferenceTerms: Hashable, Sendable {
    private var points = SIMD4<Int32>()

    package init() {}

    init(_ points: SIMD4<Int32>) { self.points = points }

    package subscript(kind: Preferences.Kind) -> Int {
        get { Int(points[kind.rawValue]) }
        set { points[kind.rawValue] = Int32(clamping: newValue) }
    }

    package var total: Int { Int(points.wrappedSum()) }
}

extension Need {
    /// What may make a difference between two who are eligible.
    var statedPreferences: PreferenceSet {
        var stated = PreferenceSet()
        if preferences.sex != nil { stated.insert(.sex) }
        if languages.count > 1 { stated.insert(.language) }
        if preferences.level ?? 1 > 1 { stated.insert(.level) }
        if preferences.specialist != nil { stated.insert(.continuity) }
        return stated
    }
}
