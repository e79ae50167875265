internal import OpinionMatching

/// Settings of what a request would rather have.
extension SettingKey {
    private static let wishTexts = [
        "each specialist of another sex than wished",
        "each place that the first language shared is further down the request's list",
        "each level of expertise below the one wished",
        "each specialist other than the one who knows the case",
    ]
    static let wishWeights = Preferences.Kind.allCases.map { kind in
        SettingKey(
            "matching.wishes.\(kind.name).weight",
            .number(0...5_000),
            .number(PreferencePolicy().weights[kind.rawValue]),
            "Points of the score for \(wishTexts[kind.rawValue]);",
            "a full workload is 10000 points. 0: the wish is not looked at."
        )
    }
    static let wishHours = Preferences.Kind.allCases.map { kind in
        SettingKey(
            "matching.wishes.\(kind.name).hours",
            .number(0...8_760),
            .number(Int(PreferencePolicy().lasts[kind.rawValue] / 3_600_000)),
            "The age of a request from which that no longer counts, in hours; 0: it always does."
        )
    }
    static let preferences = zip(wishWeights, wishHours).flatMap { [$0, $1] }
}
