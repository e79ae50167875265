/// Rule 6: the specialist is not excluded by ID, by the request or by what has happened to it.
enum ExcludedRule: LastingRule {
    /// Drops those who are excluded; how many they are.
    static func drop(for need: Need, from roster: inout Roster) -> Int {
        var dropped = 0
        for id in need.excluded { dropped += roster.drop(id) }
        return dropped
    }

    static func isBroken(
        by slot: Int,
        _ need: Need,
        _ policy: MatchingPolicy,
        in roster: inout Roster
    ) -> Bool {
        need.excluded.contains(roster.members.specialists.span[slot].id)
    }

    static func removeFacts(from need: inout Need) { need.excluded = [] }
}
