/// Rule 3: the specialist speaks one of the languages asked for.
enum LanguageRule: LastingRule {
    /// Two sets; the members of either pass.
    ///
    /// Leaves the languages in ``AskedSets/languages`` for the ranking.
    static func rows(
        for need: Need,
        in roster: inout Roster
    ) -> (BitMatrix.Row, BitMatrix.Row) {
        roster.asked.languages.removeAll(keepingCapacity: true)
        let names = need.languages.span
        for index in names.indices {
            roster.asked.languages.append(
                roster.traits.languages.ask(for: names[index], &roster.matrix)
            )
        }
        guard let first = roster.asked.languages.first, let last = roster.asked.languages.last
        else {
            return (BitMatrix.active, BitMatrix.active)
        }
        guard roster.asked.languages.count > 2 else { return (first.row, last.row) }
        roster.matrix.unite(roster.asked.languages.map(\.row), into: BitMatrix.languages)
        return (BitMatrix.languages, BitMatrix.languages)
    }

    static func isBroken(
        by slot: Int,
        _ need: Need,
        _ policy: MatchingPolicy,
        in roster: inout Roster
    ) -> Bool {
        !need.languages.isEmpty
            && roster.members.specialists.span[slot].languages.isDisjoint(with: need.languages)
    }

    static func removeFacts(from need: inout Need) { need.languages = [] }
}
