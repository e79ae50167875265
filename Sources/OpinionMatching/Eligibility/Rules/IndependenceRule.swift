/// Rule 5: the specialist has no tie to the first opinion or to the reviewers between whom an adjudicator judges, and
/// their organisation may have one more seat.
enum IndependenceRule: LastingRule {
    /// Drops those who are not independent; how many they are.
    static func drop(for need: Need, from roster: inout Roster) -> Int {
        var dropped = need.firstOpinion.map { drop(tiedTo: $0, from: &roster) } ?? 0
        for other in need.reviewers { dropped += drop(tiedTo: other, from: &roster) }
        for name in need.fullOrganisations {
            dropped +=
                roster.traits.conflicts[name].map { roster.eligibility.drop($0.members) } ?? 0
        }
        return dropped
    }

    private static func drop(
        tiedTo first: Need.FirstOpinion,
        from roster: inout Roster
    ) -> Int {
        var dropped = 0
        if let name = first.practitioner {
            dropped += roster.drop(Specialist.ID(name))
            if let tied = roster.traits.conflicts[name] {
                dropped += roster.eligibility.drop(tied.opponents)
            }
        }
        if let name = first.organisation, let tied = roster.traits.conflicts[name] {
            dropped +=
                roster.eligibility.drop(tied.members) + roster.eligibility.drop(tied.opponents)
        }
        if let name = first.practiceGroup, let tied = roster.traits.conflicts[name] {
            dropped +=
                roster.eligibility.drop(tied.partners) + roster.eligibility.drop(tied.opponents)
        }
        return dropped
    }

    static func isBroken(
        by slot: Int,
        _ need: Need,
        _ policy: MatchingPolicy,
        in roster: inout Roster
    ) -> Bool {
        let specialists = roster.members.specialists.span
        if let first = need.firstOpinion, specialists[slot].isTied(to: first) { return true }
        if !need.reviewers.isEmpty {
            for other in need.reviewers where specialists[slot].isTied(to: other) { return true }
        }
        guard !need.fullOrganisations.isEmpty else { return false }
        return specialists[slot].organisation.map(need.fullOrganisations.contains) ?? false
    }

    static func removeFacts(from need: inout Need) {
        need.firstOpinion = nil
        need.reviewers = []
        need.fullOrganisations = []
    }
}

extension Specialist {
    /// Whether they gave the first opinion, work with its author, or have declared a conflict.
    fileprivate func isTied(to first: Need.FirstOpinion) -> Bool {
        if let name = first.practitioner, name == id.text { return true }
        if let name = first.organisation, name == organisation { return true }
        if let name = first.practiceGroup, practiceGroups.contains(name) { return true }
        return !declaredConflicts.isEmpty && first.names.contains { declaredConflicts.contains($0) }
    }
}
