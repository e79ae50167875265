/// Which requests are taken at all.
///
/// Whoever isn't gets a refusal with a code; a fact that a request doesn't state refuses nothing, but for
/// consent.
package struct GatePolicy: Hashable, Sendable {
    /// Years.
    package var ages = 0...130
    /// ISO 3166 countries and subdivisions of the patients, all when empty; a country covers its subdivisions.
    package var residences: [String] = []
    /// Whether the patient's consent must be stated, and last.
    package var needsConsent = false

    package init() {}

    package func admits(age: Int) -> Bool { ages.contains(age) }

    package func admits(residence: String) -> Bool {
        residences.isEmpty
            || residences.contains { $0 == residence || residence.hasPrefix($0 + "-") }
    }
}
