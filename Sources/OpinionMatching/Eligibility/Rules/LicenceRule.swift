/// Rule 4: the specialist is licensed where the patient lives until the opinion is due, if the policy asks for it.
enum LicenceRule: LastingRule {
    /// Those who are licensed.
    static func row(
        for need: Need,
        _ policy: MatchingPolicy,
        in roster: inout Roster
    ) -> BitMatrix.Row {
        guard policy.checksLicences, let residence = need.residence else { return BitMatrix.active }
        return roster.licences.licensed(in: residence, until: need.due, &roster.matrix)
    }

    static func isBroken(
        by slot: Int,
        _ need: Need,
        _ policy: MatchingPolicy,
        in roster: inout Roster
    ) -> Bool {
        let licensed = row(for: need, policy, in: &roster)
        return licensed != BitMatrix.active && !roster.matrix.contains(slot, in: licensed)
    }

    static func removeFacts(from need: inout Need) { need.residence = nil }
}
