/// Rule 7: the specialist sees patients of that age.
enum AgeRule: LastingRule {
    /// Those who see patients of the age.
    static func row(for need: Need, in roster: inout Roster) -> BitMatrix.Row {
        guard let age = need.age else { return BitMatrix.active }
        return roster.ages.row(for: age, among: roster.members.specialists, &roster.matrix)
    }

    static func isBroken(
        by slot: Int,
        _ need: Need,
        _ policy: MatchingPolicy,
        in roster: inout Roster
    ) -> Bool {
        guard let age = need.age else { return false }
        return !roster.members.specialists.span[slot].ageScope.contains(age)
    }

    static func removeFacts(from need: inout Need) { need.age = nil }
}
