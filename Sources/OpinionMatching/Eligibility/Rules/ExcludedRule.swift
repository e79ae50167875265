/// Rule 6: neither the request nor what happened to it so far excludes the specialist by name.
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
        _ policy: Matching,
        in roster: inout Roster
    ) -> Bool {
        need.excluded.contains(roster.specialists.span[slot].id)
    }

    static func removeFacts(from need: inout Need) { need.excluded = [] }
}
