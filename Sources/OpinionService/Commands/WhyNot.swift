internal import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

/// Why a specialist did not get a seat: asked at each assignment of the request, of the rules themselves.
struct WhyNot {
    private let id: Specialist.ID
    private let profiles: ProfileBook
    private let decisions: [JSONValue]
    private let policy: Policy
    private var submission: Submission?
    private var key: RequestKey?
    /// Who holds or held a seat, and who may not be asked again.
    private var seated: [String: Specialist.ID] = [:]
    private var barred: [Specialist.ID] = []
    private var answer: String?
    private var isAsked = false

    init(
        _ name: String,
        _ profiles: ProfileBook,
        _ decisions: [JSONValue],
        _ policy: Policy
    ) {
        id = Specialist.ID(name)
        self.profiles = profiles
        self.decisions = decisions
        self.policy = policy
    }

    /// What to say when no assignment was made.
    var closing: String? {
        isAsked ? nil : "no seat was given, so nobody was preferred to \(id.text)"
    }

    mutating func takeAnswer() -> String? { answer.take() }

    mutating func take(_ entry: Casebook.Entry) {
        switch entry.content {
        case .heard(let heard): if heard.isTaken, let event = heard.event { hear(event) }
        case .told(let told):
            if told.type == "assignment.rescinded.v1" { rescinded(told.data) }
            if told.type == "assignment.made.v1" { made(told.data, at: entry.at) }
        }
    }

    private mutating func hear(_ event: Event) {
        key = event.key
        switch event.message {
        case .submitted(let new), .amended(let new): submission = new
        case .declined(let answer, .conflict), .givenBack(let answer):
            let name = answer.assignment?.text(of: event.key.request) ?? ""
            if let who = seated[name] { barred.append(who) }
        case .withdrawn, .accepted, .declined, .delivered: break
        }
    }

    private mutating func rescinded(_ data: JSONValue) {
        seated[data.text("assignmentId")] = nil
    }

    private mutating func made(_ data: JSONValue, at moment: Moment) {
        isAsked = true
        let chosen = Specialist.ID(data.text("specialistId"))
        defer { seated[data.text("assignmentId")] = chosen }
        guard chosen != id else { answer = "\(id.text) is who got it"; return }
        answer = "\(id.text): " + (found(data) ?? reason(data, at: moment))
    }

    /// What the decision itself found, where it was told in full.
    private func found(_ data: JSONValue) -> String? {
        let name = data.text("assignmentId")
        let decision = decisions.last {
            $0.text("assignmentId") == name && $0["chosen"]?.string != nil
        }
        let candidates = decision?["candidates"]?.elements.map(Array.init) ?? []
        guard let place = candidates.firstIndex(where: { $0.text("specialistId") == id.text })
        else { return nil }
        if let rule = candidates[place]["excludedBy"]?.string { return "excluded by \(rule)" }
        let (own, best) = (candidates[place]["score"]?.integer, candidates[0]["score"]?.integer)
        return "number \(place + 1) of \(decision?["eligible"]?.integer ?? 0) who could: "
            + "\(own ?? 0) against \(best ?? 0)"
    }

    private func reason(_ data: JSONValue, at moment: Moment) -> String {
        guard let submission, let key else { return "the submission is no longer in the topic" }
        guard let profile = profiles.profile(of: id, at: moment).profile else {
            return "there is no profile that can be read"
        }
        guard profile.network == key.network else { return "belongs to \(profile.network)" }
        guard profile.isActive else { return "is not active" }
        if let rule = rule(against: profile, submission, data, at: moment) {
            return "excluded by \(rule.name)"
        }
        return rank(data)
    }

    /// The first rule that excludes, but capacity, which the topics don't tell.
    private func rule(
        against profile: Specialist,
        _ submission: Submission,
        _ data: JSONValue,
        at moment: Moment
    ) -> Rule? {
        var need = policy.need(
            of: submission,
            barred: barred + Array(seated.values),
            tie: 0
        )
        let covers = data["seat"]?["covers"]?.elements?.compactMap(\.string) ?? []
        let families = covers.compactMap(CancerFamily.init(name:))
        if let first = families.first { need.family = first }
        need.alsoTreats = FamilySet(families.dropFirst())
        if submission.kind == .panel {
            need.disciplines = [data["seat"]?.text("discipline") ?? ""]
        }
        need.cost = 0
        var roster = Roster()
        roster.profile(profile)
        let decision = roster.decide(need, policy.matching, at: moment)
        return Rule.allCases.first { decision.excluded[$0] > 0 }
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
        let last = candidates.last?["score"]?.integer ?? 0
        return
            "passes every rule but perhaps capacity (\(full) had no room), or ranked behind \(last)"
    }
}
