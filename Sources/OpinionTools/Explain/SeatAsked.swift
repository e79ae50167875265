internal import OpinionFlow
internal import OpinionMatching
internal import OpinionService
internal import OpinionWire

/// What a seat asked of whoever took it, as far as the topics tell, and what they don't.
struct SeatAsked {
    private(set) var need: Need
    /// What isn't known, and the rule that it bears on.
    private(set) var gaps: [(rule: Rule, text: String)] = []
    private let profile: Specialist
    private let policy: Policy
    private let role: SeatSpec.Role?
    /// Whether the settings make the policy that decided.
    private let isSamePolicy: Bool

    /// - Parameters:
    ///   - made: The data of the assignment.
    ///   - submission: What was in force then.
    ///   - barred: Who could not be asked because of what had happened.
    ///   - profile: Of whom it is asked.
    ///   - policy: The policy of the settings.
    init(
        _ made: JSONValue,
        of submission: Submission,
        barred: [Specialist.ID],
        for profile: Specialist,
        _ policy: Policy
    ) {
        self.policy = policy
        self.profile = profile
        role = SeatSpec.Role(rawValue: made["seat"]?.text("role") ?? "")
        isSamePolicy = made["policy"]?.text("sha256") == policy.sha256
        need = policy.need(of: submission, barred: barred, tie: 0)
        // What else they held isn't told.
        need.cost = 0
        if let due = Timestamp.milliseconds(made.text("dueBy")) {
            need.due = Moment(milliseconds: due).day
        }
        if !isSamePolicy { note("the policy of then was another than the settings'", .expertise) }
        let covers = made["seat"]?["covers"]?.elements?.compactMap(\.string) ?? []
        need.cover(covers.compactMap(CancerFamily.init(name:)))
        if submission.kind == .panel { narrow(to: made["seat"]?.text("discipline") ?? "") }
    }

    /// Who has or had another seat.
    struct Seated {
        let id: Specialist.ID
        /// The seat's number.
        let number: Int
        let role: SeatSpec.Role?
        /// When it was given to them.
        let at: Moment
    }

    mutating func note(_ gap: String, _ rule: Rule) { gaps.append((rule, gap)) }

    /// A seat of a panel asks one discipline, which is told; who judges may have any of several.
    private mutating func narrow(to discipline: String) {
        need.disciplines = [discipline]
        guard role == .adjudicator else { return }
        let judges = policy.panels.judges(of: need.family)
        if isSamePolicy, judges.contains(discipline) { return need.disciplines = judges }
        need.disciplines = []
        if !profile.disciplines.contains(discipline) {
            note("which disciplines may judge is not told", .discipline)
        }
    }

    /// Adds what is asked because of who had the other seats.
    mutating func join(_ colleagues: [(seated: Seated, known: ProfileHistory.Known)]) {
        let known = colleagues.map { seated, found in
            found.profile.map { PanelMember($0, role: seated.role) }
                ?? PanelMember(id: seated.id, role: seated.role)
        }
        policy.panels.narrow(&need, to: role, beside: known)
        for (id, found) in colleagues.map({ ($0.seated.id, $0.known) }) {
            if found.profile == nil {
                note("there is no profile of \(id.text), who had a seat", .independence)
            } else if found.isLater {
                note("of \(id.text), who had a seat, only a later profile is there", .independence)
            }
        }
        guard !isSamePolicy else { return }
        need.fullOrganisations = []
        if let own = profile.organisation,
            known.contains(where: { $0.affiliation.organisation == own })
        {
            note("how many seats an organisation may have is not told", .independence)
        }
    }

    /// The first rule that excludes, but capacity.
    func rule(at moment: Moment) -> Rule? {
        var roster = Roster()
        roster.profile(profile)
        let decision = roster.decide(need, policy.matching, at: moment)
        return Rule.allCases.first { decision.excluded[$0] > 0 }
    }

    /// What isn't known of the rules up to that one, or of any, in brackets.
    func doubts(upTo rule: Rule?) -> String {
        let last = rule ?? .capacity
        let texts = gaps.filter { $0.rule.rawValue <= last.rawValue }.map(\.text)
        return texts.isEmpty ? "" : " (\(texts.joined(separator: "; ")))"
    }
}
