import OpinionMatching
import OpinionTesting

/// A roster of which one specialist at a time is active, so that both forms of the rules tell what they found of them.
struct RuleForms {
    struct Question {
        var need: Need
        var policy: MatchingPolicy
        var now: Moment
    }

    /// What the two forms found of one specialist.
    struct Finding: CustomStringConvertible {
        let specialist: Specialist.ID
        let bySets: Rule?
        let alone: Rule?

        var isDisagreement: Bool { bySets != alone }
        var rules: Set<Rule> { Set([bySets, alone].compactMap(\.self)) }
        var description: String {
            func name(_ rule: Rule?) -> String { rule?.name ?? "nothing" }
            return "\(specialist.text) breaks \(name(bySets)) by sets, \(name(alone)) alone"
        }
    }

    private var roster = Roster()
    private let colleagues: [Colleague]

    init(_ colleagues: [Colleague]) {
        self.colleagues = colleagues
        for colleague in colleagues { setActive(colleague, false) }
    }

    private mutating func setActive(_ colleague: Colleague, _ isActive: Bool) {
        var specialist = colleague.profile
        specialist.isActive = isActive
        roster.profile(specialist, colleague.work)
    }

    /// What the sets answer to each first question, and the single form to each second one, of every specialist.
    mutating func findings(_ questions: [(bySets: Question, alone: Question)]) -> [Finding] {
        var findings: [Finding] = []
        for colleague in colleagues {
            setActive(colleague, true)
            findings += questions.map { question in
                Finding(
                    specialist: colleague.profile.id,
                    bySets: brokenBySets(question.bySets),
                    alone: brokenAlone(colleague.profile.id, question.alone)
                )
            }
            setActive(colleague, false)
        }
        return findings
    }

    private mutating func brokenBySets(_ question: Question) -> Rule? {
        let decision = roster.decide(question.need, question.policy, at: question.now)
        precondition(decision.considered == 1, "\(decision.considered) are active")
        return Rule.allCases.first { decision.excluded[$0] == 1 }
    }

    private mutating func brokenAlone(_ id: Specialist.ID, _ question: Question) -> Rule? {
        let found = roster.ineligibility(
            of: id,
            for: question.need,
            question.policy,
            at: question.now
        )
        guard case .breaks(let rule) = found else { return nil }
        return rule
    }
}

extension RuleForms.Question {
    /// The same without what all rules but one look at, as far as that can be left out.
    func only(_ rule: Rule) -> Self {
        var only = self
        only.need = Need(family: need.family, due: need.due, kind: need.kind, cost: need.cost)
        if rule != .expertise { only.policy.minimumLevel = 1 }
        switch rule {
        case .expertise: only.need.alsoTreats = need.alsoTreats
        case .discipline: only.need.disciplines = need.disciplines
        case .language: only.need.languages = need.languages
        case .licence: only.need.residence = need.residence
        case .independence:
            only.need.firstOpinion = need.firstOpinion
            only.need.reviewers = need.reviewers
            only.need.fullOrganisations = need.fullOrganisations
        case .excluded: only.need.excluded = need.excluded
        case .age: only.need.age = need.age
        case .availability, .capacity: break
        }
        return only
    }

    /// The same, but that one rule excludes fewer specialists or none.
    func easing(_ rule: Rule) -> Self {
        var eased = self
        switch rule {
        case .expertise:
            eased.policy.minimumLevel = 1
            eased.need.alsoTreats = FamilySet()
        case .discipline: eased.need.disciplines = []
        case .language: eased.need.languages = []
        case .licence: eased.need.residence = nil
        case .independence:
            eased.need.firstOpinion = nil
            eased.need.reviewers = []
            eased.need.fullOrganisations = []
        case .excluded: eased.need.excluded = []
        case .age: eased.need.age = nil
        case .availability: eased.now = Moment(milliseconds: 1_000)
        case .capacity: eased.need.cost = 0
        }
        return eased
    }
}
