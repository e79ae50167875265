package import OpinionMatching

/// How requests are matched and how long they are remembered.
///
/// Data with a hash, not code. Its many properties are the settings under `matching`, one each.
package struct Policy: Hashable, Sendable {
    package var name: String
    /// SHA-256 of the canonical policy and the family table, 64 hexadecimal digits.
    package var sha256: String
    package var matching = MatchingPolicy()
    /// After how many days from its `time` a request is due that states no due date, by ``Priority``.
    package var dueDays = [7, 3, 2, 1]
    /// How much later a request of the next lower priority counts as having begun to wait, in milliseconds.
    package var headStart: Int64 = 24 * 3_600_000
    package var pathologyDisciplines = [
        "pathology", "histopathology", "haematopathology", "neuropathology",
    ]
    package var imagingDisciplines = ["radiology", "nuclear-medicine"]
    package var panels = PanelPolicy()
    /// Whether specialists whose profile says `manual` are asked; all others are given their seats.
    package var offersSeats = false
    /// To how many specialists the only seat of a request is offered at once; the first who accepts has it.
    package var offersAtOnce = 1
    package var clocks = ClockPolicy()
    package var records = RecordsPolicy()
    package var gates = GatePolicy()
    /// How long a request may stay unanswered until it is closed, in milliseconds from its `time`; 0: for ever.
    package var expiresAfter: Int64 = 0
    package var costs = CostPolicy()
    /// How long a specialist who declines a seat for workload gets no other, in milliseconds; 0: no pause.
    package var workloadPause: Int64 = 0
    /// How long closed requests and their events are remembered, in milliseconds.
    package var retention: Int64 = 30 * Day.milliseconds
    /// Whether an event older than ``retention`` is refused.
    package var refusesStale = true

    package init(name: String, sha256: String) {
        self.name = name
        self.sha256 = sha256
    }

    /// When a request of that priority is due by default.
    package func due(_ priority: Priority, from submitted: Moment) -> Moment {
        submitted.advanced(by: Int64(dueDays[priority.rawValue]) * Day.milliseconds)
    }

    /// Units that a seat takes.
    func cost(of kind: RequestKind, _ role: SeatSpec.Role?) -> Int {
        switch (kind, role) {
        case (_, .chair): costs.chair
        case (_, .member): costs.member
        case (_, .adjudicator): costs.adjudicator
        case (.single, nil), (.panel, nil): costs.single
        case (.pathologyReview, nil): costs.pathologyReview
        case (.imagingReview, nil): costs.imagingReview
        }
    }

    /// The disciplines of a request's seat, in order of preference; empty: any.
    func disciplines(of submission: Submission) -> [String] {
        switch submission.kind {
        case .single, .panel: submission.disciplines
        case .pathologyReview: Self.wanted(submission.disciplines, of: pathologyDisciplines)
        case .imagingReview: Self.wanted(submission.disciplines, of: imagingDisciplines)
        }
    }

    private static func wanted(_ asked: [String], of kind: [String]) -> [String] {
        let both = asked.filter { kind.contains($0) }
        return both.isEmpty ? kind : both
    }
}

/// Units of capacity that seats take, by kind of request and role in a panel.
package struct CostPolicy: Hashable, Sendable {
    package var single = 1
    package var pathologyReview = 1
    package var imagingReview = 1
    package var chair = 1
    package var member = 1
    package var adjudicator = 1

    package init() {}

    /// In the order in which settings name them.
    package static var all: [WritableKeyPath<CostPolicy, Int>] {
        [\.single, \.pathologyReview, \.imagingReview, \.chair, \.member, \.adjudicator]
    }
}
