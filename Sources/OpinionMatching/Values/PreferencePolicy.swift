/// How much wishes count, and for how long.
package struct PreferencePolicy: Hashable, Sendable {
    /// Points of the score by ``Preferences/Kind``, 0 to 5,000.
    ///
    /// They count once for another sex or person, once for each missing level of expertise, and once for each place that
    /// a language is further down in the request's list.
    package var weights: SIMD4<Int> = [3_000, 500, 1_000, 5_000]
    /// The age of a request at which a wish ends, in milliseconds, by kind; 0 when it never ends.
    package var lasts: SIMD4<Int64> = [48, 24, 24, 72] &* 3_600_000

    package init() {}

    /// How far the wishes of a request are relaxed at a moment; nil when it has none.
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

    /// Whether a kind is the first of those that end at the same age: they are one step together.
    private func isFirst(of kind: Preferences.Kind) -> Bool {
        !(0..<kind.rawValue).contains { lasts[$0] == lasts[kind.rawValue] }
    }
}

extension Need {
    /// The kinds of wishes that can make a difference between two eligible specialists.
    var statedPreferences: PreferenceSet {
        var stated = PreferenceSet()
        if preferences.sex != nil { stated.insert(.sex) }
        if languages.count > 1 { stated.insert(.language) }
        if preferences.level ?? 1 > 1 { stated.insert(.level) }
        if preferences.specialist != nil { stated.insert(.continuity) }
        return stated
    }
}
