internal import OpinionMatching

/// Settings of what a request would rather have.
extension SettingKey {
    private static let wishTexts = [
        "each specialist of another sex than preferred",
        "each place that the first shared language is down the request's list",
        "each level of expertise below the preferred one",
        "each specialist other than the one who knows the case",
    ]
    static let wishWeights = Preferences.Kind.allCases.map { kind in
        SettingKey(
            "matching.wishes.\(kind.name).weight",
            .number(0...5_000),
            .number(PreferencePolicy().weights[kind.rawValue]),
            "Points of the score for \(wishTexts[kind.rawValue]);",
            "a full workload is 10000 points. 0: it makes no difference."
        )
    }
    static let wishHours = Preferences.Kind.allCases.map { kind in
        SettingKey(
            "matching.wishes.\(kind.name).hours",
            .number(0...8_760),
            .number(Int(PreferencePolicy().lasts[kind.rawValue] / 3_600_000)),
            "The age of a request from which this no longer counts, in hours; 0: it always counts."
        )
    }
    static let preferences = zip(wishWeights, wishHours).flatMap { [$0, $1] }
}
