// What was given to specialists, and what they said.
extension Findings {
    /// Each entry of a report is what was sent.
    func checkReports() {
        for report in reports.flatMap({ $0.data.reports ?? [] }) {
            let said = scene.opinions[report.assignmentId]
            let isSaid =
                report.diagnosis == said?.diagnosis && report.treatment == said?.treatment
                && report.reportRef == "https://reports.example/\(report.assignmentId)"
            expect(isSaid, "\(report.assignmentId) is reported as \(report)")
        }
    }

    /// What each specialist held when something was given, as far as times tell to the millisecond.
    ///
    /// Who has delivered for a panel has the unit back before anybody is told: those may be held or not.
    func checkCapacity(_ told: [OutEvent]) {
        let reportedAt = Dictionary(
            reports.flatMap { event in
                (event.data.reports ?? []).map { ($0.assignmentId, event.time) }
            },
            uniquingKeysWith: { $1 }
        )
        var held: [String: [String: OutEvent]] = [:]
        for event in told {
            guard let id = event.data.assignmentId, let name = event.data.specialistId else {
                continue
            }
            let holder = "\(event.data.networkId)/\(name)"
            if event.name == "assignment.rescinded" { held[holder]?[id] = nil }
            guard event.name == "assignment.made" else { continue }
            checkLoad(of: event, beside: held[holder] ?? [:], reportedAt)
            held[holder, default: [:]][id] = event
        }
    }

    private func checkLoad(
        of event: OutEvent,
        beside open: [String: OutEvent],
        _ reportedAt: [String: String]
    ) {
        guard let load = event.data.load else { return expect(false, "\(event.id): no load") }
        func units(_ isHeld: (String, OutEvent) -> Bool) -> Int {
            open.filter(isHeld).values.reduce(0) { $0 + ($1.data.load?.cost ?? 0) }
        }
        let least = units { id, made in
            !scene.isPanel(made.data.requestId) && (reportedAt[id].map { event.time < $0 } ?? true)
        }
        let most = units { id, _ in reportedAt[id].map { event.time <= $0 } ?? true }
        expect(
            (least...most).contains(load.unitsBefore),
            "\(event.id): \(load.unitsBefore) units before, not \(least) to \(most)"
        )
        expect(load.unitsBefore + load.cost <= load.capacity, "\(event.id): over capacity")
        let isKnown = scene.units[event.data.specialistId ?? ""]?.contains(load.capacity) == true
        expect(isKnown, "\(event.id): \(load.capacity)")
    }
}
