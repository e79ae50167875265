/// Rule 1: the specialist treats the family, and all others that the seat covers, at the policy's level or higher.
enum ExpertiseRule: LastingRule {
    /// Those who treat all the families.
    static func row(
        for need: Need,
        _ policy: MatchingPolicy,
        in roster: inout Roster
    ) -> BitMatrix.Row {
        let first = BitMatrix.experts(in: need.family, atLeast: policy.minimumLevel)
        guard !need.alsoTreats.isEmpty else { return first }
        let others = need.alsoTreats.families.map {
            BitMatrix.experts(in: $0, atLeast: policy.minimumLevel)
        }
        roster.matrix.intersect(first, others, into: BitMatrix.experts)
        return BitMatrix.experts
    }

    static func isBroken(
        by slot: Int,
        _ need: Need,
        _ policy: MatchingPolicy,
        in roster: inout Roster
    ) -> Bool {
        func treats(_ family: CancerFamily) -> Bool {
            let experts = BitMatrix.experts(in: family, atLeast: policy.minimumLevel)
            return roster.matrix.contains(slot, in: experts)
        }
        guard treats(need.family) else { return true }
        return !need.alsoTreats.isEmpty && !need.alsoTreats.families.allSatisfy(treats)
    }

    /// Does nothing, since every need has a family; a screening without this rule begins with all active specialists.
    static func removeFacts(from need: inout Need) {}
}
