/// Rule 3: the specialist speaks one of the languages asked for.
enum LanguageRule: LastingRule {
    /// Two sets; whoever is in either passes. The languages found are left in ``Roster/asked`` for the ranking.
    static func rows(
        for need: Need,
        in roster: inout Roster
    ) -> (BitMatrix.Row, BitMatrix.Row) {
        roster.asked.removeAll(keepingCapacity: true)
        let names = need.languages.span
        for index in names.indices {
            roster.asked.append(roster.traits.languages.ask(for: names[index], &roster.matrix))
        }
        guard let first = roster.asked.first, let last = roster.asked.last else {
            return (BitMatrix.active, BitMatrix.active)
        }
        guard roster.asked.count > 2 else { return (first.row, last.row) }
        roster.matrix.unite(roster.asked.map(\.row), into: BitMatrix.languages)
        return (BitMatrix.languages, BitMatrix.languages)
    }

    static func isBroken(
        by slot: Int,
        _ need: Need,
        _ policy: Matching,
        in roster: inout Roster
    ) -> Bool {
        !need.languages.isEmpty
            && roster.specialists.span[slot].languages.isDisjoint(with: need.languages)
    }

    static func removeFacts(from need: inout Need) { need.languages = [] }
}
