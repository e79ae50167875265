internal import OpinionFlow
internal import OpinionMatching

/// Settings of panels, offers and costs.
extension SettingKey {
    package static let mode = SettingKey(
        "matching.mode",
        .word(["assign", "offer"]),
        .text("assign"),
        "assign: every seat is given. offer: specialists whose profile says acceptsOffers: manual",
        "are asked; all others are given their seats."
    )
    package static let offersAtOnce = SettingKey(
        "matching.offersAtOnce",
        .number(1...5),
        .number(1),
        "In mode offer: to how many specialists who accept by hand the only seat of a request is",
        "offered at once; the first who accepts has it. Each holds the units meanwhile, and each offer",
        "counts for its day and its week."
    )
    static let costs = [
        ("single", "a request of one seat"), ("pathologyReview", "a pathology review"),
        ("imagingReview", "an imaging review"), ("chair", "a panel's chair"),
        ("member", "another seat of a panel"), ("adjudicator", "an adjudicator's seat"),
    ].map {
        SettingKey(
            "matching.costs.\($0)",
            .number(1...100),
            .number(1),
            "Units of a specialist's capacity that \($1) takes."
        )
    }
    package static let panelFirst = SettingKey(
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
        "How many opinions are enough for a panel's report once it is due; it names the missing seats."
    )
    static let panelPerOrganisation = SettingKey(
        "matching.panels.perOrganisation",
        .number(1...16),
        .number(2),
        "How many seats of a panel specialists of one organisation may have."
    )
    static let panelAdjudicate = SettingKey(
        "matching.panels.adjudicate",
        .toggle,
        .toggle(true),
        "Whether an adjudicator, independent of all members, decides when members contradict each other."
    )
    package static let panelSeats = CancerFamily.allCases.map { family in
        SettingKey(
            "matching.panels.seats.\(family.name)",
            .list(min: 1),
            .list(PanelPolicy.standardNames(of: family)),
            "Seats that advise on \(family.name); the first takes the chair, `?` makes a seat optional."
        )
    }
    static let panels =
        [mode, offersAtOnce] + costs
        + [panelFirst, panelQuorum, panelPerOrganisation, panelAdjudicate] + panelSeats
}
