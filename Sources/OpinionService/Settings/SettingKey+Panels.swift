internal import OpinionFlow
internal import OpinionMatching

/// Settings of panels, offers and costs.
extension SettingKey {
    package static let mode = SettingKey(
        "matching.mode",
        .word(["assign", "offer"]),
        .text("assign"),
        "assign: every seat is given. offer: specialists whose profile says acceptsOffers: manual",
        "are asked; all others are given theirs."
    )
    package static let offersAtOnce = SettingKey(
        "matching.offersAtOnce",
        .number(1...5),
        .number(1),
        "How many of those who accept by hand are asked at once for a seat that is its request's only",
        "one, in mode offer; the first who accepts has it. Each holds the units meanwhile, and each",
        "offer counts as given on its day and in its week."
    )
    static let costs = [
        ("single", "a request of one seat"), ("pathologyReview", "a pathology review"),
        ("imagingReview", "an imaging review"), ("chair", "a panel's chair"),
        ("member", "a panel's other seats"), ("adjudicator", "whoever judges between reviewers"),
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
    package static let panelSeats = CancerFamily.allCases.map { family in
        SettingKey(
            "matching.panels.seats.\(family.name)",
            .list(min: 1),
            .list(PanelPolicy.standardNames(of: family)),
            "Seats that advise on \(family.name); the first takes the chair, `?` makes one optional."
        )
    }
    static let panels =
        [mode, offersAtOnce] + costs
        + [panelFirst, panelQuorum, panelPerOrganisation, panelAdjudicate] + panelSeats
}
