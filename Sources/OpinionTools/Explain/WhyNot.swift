internal import OpinionFlow
internal import OpinionMatching
internal import OpinionService
internal import OpinionWire

/// Why a specialist did not get a seat: asked at each assignment of the request, of the rules themselves.
struct WhyNot {
    private let id: Specialist.ID
    private let known: Known
    private var submission: Submission?
    private var key: RequestKey?
    /// Who holds or held a seat, and who may not be asked again.
    private var seated: [String: SeatAsked.Seated] = [:]
    private var barred: [Specialist.ID] = []
    /// Who declined, or let an offer pass: not asked again while others think about it.
    private var reluctant: [Specialist.ID] = []
    /// Assignments that were declined, and who declined for a reason that the topics no longer tell.
    private var declined: Set<String> = []
    private var isDeclineUntold = false
    private var answer: String?
    private var isAsked = false

    init(
        _ name: String,
        _ profiles: ProfileHistory,
        _ pauses: PauseHistory,
        _ decisions: [JSONValue],
        _ policy: Policy
    ) {
        id = Specialist.ID(name)
        known = Known(profiles: profiles, pauses: pauses, decisions: decisions, policy: policy)
    }

    /// What is known beside the request's own records.
    private struct Known {
        let profiles: ProfileHistory
        let pauses: PauseHistory
        /// What was told of the request's decisions in full.
        let decisions: [JSONValue]
        /// Of the settings.
        let policy: Policy
    }

    /// What to say when no assignment was made.
    var closing: String? {
        isAsked ? nil : "no seat was given, so nobody was preferred to \(id.text)"
    }

    mutating func takeAnswer() -> String? { answer.take() }

    mutating func take(_ entry: RequestHistory.Entry) {
        switch entry.content {
        case .heard(let heard): if heard.isTaken, let event = heard.event { hear(event) }
        case .told(let told):
            switch told.type {
            case "assignment.rescinded.v1": rescinded(told.data)
            case "assignment.made.v1": made(told.data, at: entry.at)
            case "request.waiting.v1", "request.unmatchable.v1": waits(at: entry.at)
            default: break
            }
        }
    }

    /// Of whoever pauses while a seat waits that is why; of others the reasons that are told say enough.
    private mutating func waits(at moment: Moment) {
        guard let key, let pause = known.pauses.pause(in: key.network, at: moment) else { return }
        answer = "\(id.text): \(pause.text)"
    }

    private mutating func hear(_ event: Event) {
        key = event.key
        submission = event.message.submission ?? submission
        guard case .declined(let answer, let reason) = event.message else { return }
        let name = answer.assignment?.text(of: event.key.request) ?? ""
        declined.insert(name)
        if reason == .conflict, let who = seated[name] { barred.append(who.id) }
    }

    private mutating func rescinded(_ data: JSONValue) {
        let (name, reason) = (data.text("assignmentId"), data.text("reason"))
        seated[name] = nil
        let who = Specialist.ID(data.text("specialistId"))
        if reason == RescindReason.givenBack.rawValue { barred.append(who) }
        let wasAsked = [RescindReason.declined, .timedOut].map(\.rawValue).contains(reason)
        if wasAsked { reluctant.append(who) }
        guard reason == RescindReason.declined.rawValue, who == id else { return }
        isDeclineUntold = isDeclineUntold || !declined.contains(name)
    }

    private mutating func made(_ data: JSONValue, at moment: Moment) {
        isAsked = true
        let chosen = Specialist.ID(data.text("specialistId"))
        let role = SeatSpec.Role(rawValue: data["seat"]?.text("role") ?? "")
        let seat = SeatAsked.Seated(id: chosen, number: data.seatNumber, role: role, at: moment)
        defer { seated[data.text("assignmentId")] = seat }
        guard chosen != id else { answer = "\(id.text) is who got it"; return }
        let found = data.directiveText ?? found(data, at: moment)
        answer = "\(id.text): " + (found ?? reason(data, at: moment))
    }

    /// What the decision itself found, where it was told in full.
    private func found(_ data: JSONValue, at moment: Moment) -> String? {
        let name = data.text("assignmentId")
        let decision = known.decisions.last {
            $0.text("assignmentId") == name && $0["chosen"]?.string != nil
        }
        let candidates = decision?["candidates"]?.elements.map(Array.init) ?? []
        guard let place = candidates.firstIndex(where: { $0.text("specialistId") == id.text })
        else { return nil }
        if let rule = candidates[place]["excludedBy"]?.string {
            return "excluded by \(rule)" + pause(Rule(name: rule), at: moment)
        }
        let (own, best) = (candidates[place]["score"]?.integer, candidates[0]["score"]?.integer)
        return "number \(place + 1) of \(decision?["eligible"]?.integer ?? 0) who could: "
            + "\(own ?? 0) against \(best ?? 0)"
    }

    private func reason(_ data: JSONValue, at moment: Moment) -> String {
        guard let submission, let key else { return "the submission is no longer in the topic" }
        let found = known.profiles.known(of: id, at: moment)
        guard let profile = found.profile else { return "there is no profile that can be read" }
        let caution = found.isLater ? " (only a later profile is there)" : ""
        guard profile.network == key.network else {
            return "belongs to \(profile.network)" + caution
        }
        guard profile.isActive else { return "is not active" + caution }
        let asked = asked(submission, data, of: profile, at: moment, isLater: found.isLater)
        let rule = asked.rule(at: moment)
        return (rule.map { exclusion(by: $0, data) } ?? rank(data)) + pause(rule, at: moment)
            + asked.doubts(upTo: rule)
    }

    /// The pause that is behind a rule, in words; none: nothing.
    private func pause(_ rule: Rule?, at moment: Moment) -> String {
        guard rule == .availability, let key,
            let pause = known.pauses.pause(in: key.network, at: moment)
        else { return "" }
        return ": \(pause.text)"
    }

    private func asked(
        _ submission: Submission,
        _ data: JSONValue,
        of profile: Specialist,
        at moment: Moment,
        isLater: Bool
    ) -> SeatAsked {
        let number = data.seatNumber
        let rivals = seated.values.filter { $0.number == number }
        let barred = barred + seated.values.map(\.id) + (rivals.isEmpty ? [] : reluctant)
        var profile = profile
        if let pause = known.pauses.pause(in: profile.network, at: moment) {
            profile.absences.append(pause.absence)
        }
        var asked = SeatAsked(data, of: submission, barred: barred, for: profile, known.policy)
        if isLater { asked.note("only a later profile is there", .expertise) }
        if isDeclineUntold { asked.note("why it once declined is not told", .excluded) }
        if known.pauses.isUntold(in: profile.network, at: moment) {
            asked.note("whether it declined another seat for workload is not told", .availability)
        }
        // As they were when they were given their seats.
        let others = seated.values.filter { $0.number != number }.sorted { $0.id < $1.id }
        asked.join(others.map { ($0, known.profiles.known(of: $0.id, at: $0.at)) })
        return asked
    }

    /// The rule, unless the decision itself says that it excluded nobody.
    private func exclusion(by rule: Rule, _ data: JSONValue) -> String {
        let counts = data["decision"]?["excluded"]?.members
        let isTold = counts.map { $0.contains { $0.key == rule.name } } ?? true
        return isTold
            ? "excluded by \(rule.name)"
            : "by what the topics hold excluded by \(rule.name), but the decision excluded nobody so"
    }

    /// Passes the rules: so it was the score, or the capacity of that moment.
    private func rank(_ data: JSONValue) -> String {
        let candidates = data["decision"]?["candidates"]?.elements.map(Array.init) ?? []
        let names = candidates.map { $0.text("specialistId") }
        if let place = names.firstIndex(of: id.text) {
            let terms = candidates[place]["score"]?.integer ?? 0
            let best = candidates[0]["score"]?.integer ?? 0
            return terms == best
                ? "as good, and the tie fell to \(names[0])"
                : "could have taken it, as number \(place + 1): \(terms) against \(best)"
        }
        let full = data["decision"]?["excluded"]?["capacity"]?.integer ?? 0
        if full == 0, data["decision"]?["eligible"]?.integer ?? .max <= candidates.count {
            return "passes every rule by what the topics hold, but was not among those who could"
        }
        let last = candidates.last?["score"]?.integer ?? 0
        return
            "passes every rule but perhaps capacity (\(full) had no room), or ranked behind \(last)"
    }
}

extension JSONValue {
    /// Of an assignment: which of the request's seats it is.
    fileprivate var seatNumber: Int { Int(self["seat"]?["id"]?.integer ?? 1) }
}
