/// The part of the policy that decides who may take a seat and who should.
package struct MatchingPolicy: Hashable, Sendable {
    /// The lowest level of expertise that is eligible, 1 to 5.
    package var minimumLevel: Int
    /// Whether the licence rule applies, the only rule that a policy can turn off (`matching.licensing`).
    package var checksLicences: Bool
    /// The most candidates that a decision lists.
    package var candidatesMax: Int
    /// Whether specialists whom other requests will need are kept for them while units are short; see ``Scarcity``.
    package var keepsScarce: Bool
    /// How much wishes count, and for how long.
    package var preferences = PreferencePolicy()
    /// The most specialists for whom a decision lists what it found, for audits; 0 to list none.
    package var verdictsMax = 0

    package init(
        minimumLevel: Int = 1,
        checksLicences: Bool = true,
        candidatesMax: Int = 3,
        keepsScarce: Bool = true
    ) {
        precondition(candidatesMax > 0, "a decision that tells no candidate chooses none")
        self.minimumLevel = minimumLevel
        self.checksLicences = checksLicences
        self.candidatesMax = candidatesMax
        self.keepsScarce = keepsScarce
    }
}
