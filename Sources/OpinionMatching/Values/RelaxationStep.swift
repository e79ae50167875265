/// How far the wishes of a request were relaxed when it was decided.
package struct RelaxationStep: Hashable, Sendable {
    /// How many of the policy's steps the age of the request had passed; all wishes count at 0.
    package var number = 0
    package var stated: PreferenceSet
    /// The stated wishes that no longer counted.
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
