internal import OpinionFlow
internal import OpinionMatching

/// Settings of panels and of what time does to a request.
extension SettingKey {
    static let waitingHours = [("routine", 48), ("urgent", 24), ("asap", 12), ("stat", 4)].map {
        SettingKey(
            "matching.waitingHours.\($0)",
            .number(0...8_760),
            .number($1),
            "Hours that a request of priority \($0) may wait until that is escalated; 0: never."
        )
    }
    static let panelFirst = SettingKey(
        "matching.panels.first",
        .list(min: 0),
        .list(["pathology", "radiology"]),
        "Disciplines that confirm a panel's diagnosis before the others begin. Empty: all begin at",
        "once."
    )
    static let panelQuorum = SettingKey(
        "matching.panels.quorum",
        .number(1...16),
        .number(2),
        "Opinions that make a panel's report once it is due; what is missing is told."
    )
    static let panelPerOrganisation = SettingKey(
        "matching.panels.perOrganisation",
        .number(1...16),
        .number(2),
        "Seats of a panel that people of one organisation may have."
    )
    static let panelAdjudicate = SettingKey(
        "matching.panels.adjudicate",
        .toggle,
        .toggle(true),
        "Whether somebody independent of both judges between reviewers who contradict each other."
    )
    static let panelSeats = CancerFamily.allCases.map { family in
        SettingKey(
            "matching.panels.seats.\(family.name)",
            .list(min: 1),
            .list(PanelPolicy.standardNames(of: family)),
            "Seats that advise on \(family.name); the first takes the chair, `?` makes one optional."
        )
    }
    static let panels =
        waitingHours + [panelFirst, panelQuorum, panelPerOrganisation, panelAdjudicate]
        + panelSeats
}
