import OpinionFlow
import OpinionMatching

// The books that are kept by what is told alone.
extension PanelWorld {
    mutating func count(_ name: String) { tally[name, default: 0] += 1 }

    mutating func hear(_ announcement: Announcement) {
        let key = announcement.key
        check(announcement.number == (told[key] ?? 0) + 1, "\(key.request) skips a number")
        check(!ended.contains(key), "\(key.request) is told after its end")
        told[key] = announcement.number
        switch announcement.kind {
        case .assigned(let assignment):
            let end = pauses[assignment.specialist] ?? .distantPast
            let mayHave = end <= announcement.at || assignment.directed != nil
            check(mayHave, "\(assignment.specialist.text) pauses")
            hear(assignment, of: key)
        case .rescinded(let id, let specialist, let reason):
            count("rescinded \(reason.rawValue)")
            let holding = held.removeValue(forKey: Grant(key: key, id: id))
            check(holding?.specialist == specialist, "\(key.request) takes back what nobody had")
        case .waiting: count("waiting")
        case .unmatchable: count("unmatchable")
        case .awaitingRecords: count("awaiting records")
        case .reminder(let reminder): count("reminder \(reminder.clock.rawValue)")
        case .escalated(let escalation): count("escalated \(escalation.reason.name)")
        case .closed: end(key)
        case .reportReady(let report): hear(report, of: key)
        }
    }

    private mutating func end(_ key: RequestKey) {
        check(!held.keys.contains { $0.key == key }, "\(key.request) ends while a seat is held")
        ended.insert(key)
        delivered = delivered.filter { $0.key.key != key }
        seatedAs = seatedAs.filter { $0.key.key != key }
    }

    private mutating func hear(_ report: Report, of key: RequestKey) {
        count("report \(report.consensus.agreement.rawValue)")
        if !report.missing.isEmpty { count("report with missing seats") }
        let mine = delivered.filter { $0.key.key == key }
        let named = Dictionary(
            uniqueKeysWithValues: report.entries.map {
                (Grant(key: key, id: $0.assignment), $0.specialist)
            }
        )
        check(named == mine, "\(key.request) reports others than delivered")
        check(
            report.missing.isEmpty || report.isQuorumMet || !report.entries.isEmpty,
            "\(key.request) reports nothing"
        )
        end(key)
    }

    private mutating func hear(_ assignment: Assignment, of key: RequestKey) {
        count("assigned \(assignment.role.rawValue)")
        if assignment.covers.count > 1 { count("assigned for several organs") }
        let grant = Grant(key: key, id: assignment.id)
        let id = assignment.specialist
        guard let profile = profiles[id], let submission = submissions[key] else {
            return check(false, "\(key.request) is given to nobody known")
        }
        let units = held.values.filter { $0.specialist == id }.reduce(0) { $0 + $1.cost }
        checkRivals(of: grant, assignment)
        check(assignment.unitsBefore == units, "\(id.text) holds \(units)")
        check(units + assignment.cost <= profile.capacity.units, "\(id.text) has no room")
        check((assignment.acceptBy != nil) == isAsked(profile), "\(id.text) is asked, or not")
        check(profile.isActive, "\(id.text) is not active")
        check(profile.disciplines.contains(assignment.discipline), "\(id.text) is no such doctor")
        let treated = profile.expertise.map(\.family)
        check(assignment.covers.allSatisfy(treated.contains), "\(id.text) treats \(treated)")
        check(!submission.excluded.contains(id), "\(id.text) is excluded")
        check(submission.firstOpinion?.practitioner != id.text, "\(id.text) gave the first opinion")
        checkColleagues(of: profile, assignment, key)
        seatedAs[grant] = profile
        let isOpen = assignment.acceptBy != nil
        held[grant] = Holding(specialist: id, cost: assignment.cost, isOpen: isOpen)
    }

    /// A seat is given once; the only one of its request may be offered to several who haven't accepted.
    private mutating func checkRivals(of grant: Grant, _ assignment: Assignment) {
        let name = grant.key.request
        let rivals = held.filter { $0.key.key == grant.key && $0.key.id.seat == grant.id.seat }
        check(rivals.count < live.policy.offersAtOnce, "\(name) gives a seat too often")
        check(rivals.keys.allSatisfy { $0.id != grant.id }, "\(name) gives an attempt twice")
        guard !rivals.isEmpty else { return }
        count("offered to several")
        let isOffer = assignment.acceptBy != nil && rivals.values.allSatisfy(\.isOpen)
        check(isOffer && submissions[grant.key]?.kind != .panel, "\(name) gives a seat twice")
    }

    private func isAsked(_ profile: Specialist) -> Bool {
        live.policy.offersSeats && profile.acceptance == .manual
    }

    private mutating func checkColleagues(
        of profile: Specialist,
        _ assignment: Assignment,
        _ key: RequestKey
    ) {
        let seats = (Array(held.keys) + Array(delivered.keys)).filter { $0.key == key }
        let sitsTwice = seats.contains { seatedAs[$0]?.id == profile.id }
        check(!sitsTwice, "\(profile.id.text) sits twice on \(key.request)")
        let known = seats.filter { $0.id.seat != assignment.id.seat }.compactMap { seatedAs[$0] }
        let same = known.count { $0.organisation == profile.organisation }
        check(same < live.policy.panels.perOrganisation, "\(key.request): too many of one house")
        guard assignment.role == .adjudicator else { return }
        check(same == 0, "\(key.request): the judge works with a reviewer")
        let groups = Set(known.flatMap(\.practiceGroups))
        check(groups.isDisjoint(with: profile.practiceGroups), "\(key.request): a common practice")
    }
}
