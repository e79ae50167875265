package import OpinionMatching

/// How requests are matched and how long they are remembered.
///
/// Data with a hash, not code.
package struct Policy: Hashable, Sendable {
    package var name: String
    /// SHA-256 of the canonical policy and the family table, 64 hexadecimal digits.
    package var sha256: String
    package var matching = Matching()
    /// When a request is due that doesn't say, in days from its `time`, by ``Priority``.
    package var dueDays = [7, 3, 2, 1]
    /// The head start that each step of priority is worth in the waiting queue, in milliseconds.
    package var headStart: Int64 = 24 * 3_600_000
    package var pathologyDisciplines = [
        "pathology", "histopathology", "haematopathology", "neuropathology",
    ]
    package var imagingDisciplines = ["radiology", "nuclear-medicine"]
    package var panels = PanelPolicy()
    /// How long a request may wait until that is escalated, in milliseconds, by ``Priority``; 0: it never is.
    package var waitingMax: [Int64] = [48, 24, 12, 4].map { $0 * 3_600_000 }
    /// How long ids and what became of them are remembered, in milliseconds.
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
