internal import OpinionFlow
internal import OpinionMatching

/// Settings of which requests are taken, and what they need before anybody is asked.
extension SettingKey {
    static let gateMinAge = SettingKey(
        "matching.gates.minAge",
        .number(0...130),
        .number(0),
        "Requests for younger patients are refused (not-eligible), in years."
    )
    static let gateMaxAge = SettingKey(
        "matching.gates.maxAge",
        .number(0...130),
        .number(130),
        "Requests for older patients are refused (not-eligible), in years."
    )
    package static let gateResidences = SettingKey(
        "matching.gates.residences",
        .list(min: 0),
        .list([]),
        "ISO 3166 countries and subdivisions where patients may live; others are refused",
        "(not-eligible). Empty: anywhere."
    )
    static let gateConsent = SettingKey(
        "matching.gates.consent",
        .toggle,
        .toggle(false),
        "Whether a request must state a consent that still holds; else it is refused (no-consent)."
    )
    package static let recordsRequired = SettingKey(
        "matching.records.required",
        .list(min: 0),
        .list([]),
        "Classes of records that must be complete before anybody is asked, such as path-report."
    )
    package static let recordsByFamily = CancerFamily.allCases.map { family in
        SettingKey(
            "matching.records.families.\(family.name)",
            .list(min: 0),
            .list([]),
            "Classes that requests for \(family.name) need as well."
        )
    }
    static let gates =
        [gateMinAge, gateMaxAge, gateResidences, gateConsent, recordsRequired] + recordsByFamily
}
