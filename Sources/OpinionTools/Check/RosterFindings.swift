internal import OpinionFlow
internal import OpinionMatching
internal import OpinionService
internal import OpinionWire

/// What a policy asks that nobody on the roster can give.
struct RosterFindings {
    private var rosters: [String: Roster] = [:]
    private let policy: Policy
    private let reader: EventReader
    private var directory = Directory()

    init(_ settings: Settings) {
        policy = settings.policy
        reader = EventReader(settings.reader)
    }

    mutating func take(_ record: Record) {
        let id = Specialist.ID(String(decoding: record.key ?? [], as: UTF8.self))
        guard record.value != nil else { _ = directory.retire(id); return }
        do throws(Refusal) {
            _ = directory.profile(try reader.profile(record).0)
        } catch {
            _ = directory.suspend(id)
        }
    }

    /// A line for each thing that somebody should know, by network.
    mutating func tell(_ report: inout CheckReport) {
        let unreadable = directory.count { if case .unreadable = $0 { true } else { false } }
        if unreadable > 0 { report.warn("roster", "\(unreadable) profiles can't be read") }
        for specialist in directory.specialists(where: { _ in true }) {
            rosters[specialist.network, default: Roster()].profile(specialist)
        }
        guard !rosters.isEmpty else {
            return report.warn("roster", "nobody is on it: every request will be unmatchable")
        }
        for network in rosters.keys.sorted() { tell(network, &report) }
    }

    private mutating func tell(_ network: String, _ report: inout CheckReport) {
        guard var roster = rosters[network] else { return }
        let treated = CancerFamily.allCases.filter { has($0, [], &roster) }
        report.say(
            network,
            "\(roster.activeCount) active, \(roster.capacityUnits) units, "
                + "\(treated.count) of \(CancerFamily.allCases.count) families"
        )
        guard !treated.isEmpty else { return report.warn(network, "nobody treats anything") }
        let untreated = CancerFamily.allCases.filter { !treated.contains($0) }.map(\.name)
        if !untreated.isEmpty {
            report.warn(network, "nobody treats \(untreated.joined(separator: ", "))")
        }
        for (seat, families) in emptySeats(of: treated, &roster) {
            report.warn(
                network,
                "no \(seat) treats \(families.joined(separator: ", "))"
            )
        }
    }

    /// Disciplines that panels and reviews ask for with the families in which nobody has them.
    private func emptySeats(
        of treated: [CancerFamily],
        _ roster: inout Roster
    ) -> [(seat: String, families: [String])] {
        var missing: [String: [String]] = [:]
        for family in treated {
            let places = policy.panels.template(of: family).filter(\.isRequired)
            let seats = (policy.panels.first + places.map(\.discipline)).map { [$0] }
            let reviews = [policy.pathologyDisciplines, policy.imagingDisciplines]
            for seat in seats + reviews where !has(family, seat, &roster) {
                let name = seat.joined(separator: " or ")
                if missing[name]?.last != family.name {
                    missing[name, default: []].append(family.name)
                }
            }
        }
        return missing.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private func has(
        _ family: CancerFamily,
        _ disciplines: [String],
        _ roster: inout Roster
    ) -> Bool {
        let need = Need(
            family: family,
            disciplines: disciplines,
            due: Day(number: 0)
        )
        return roster.hasAnybody(for: need, policy.matching)
    }
}
