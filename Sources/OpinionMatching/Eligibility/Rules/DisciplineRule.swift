/// Rule 2: the specialist has one of the disciplines asked for.
enum DisciplineRule: LastingRule {
    /// Two sets; the members of either pass.
    static func rows(
        for need: Need,
        in roster: inout Roster
    ) -> (BitMatrix.Row, BitMatrix.Row) {
        let names = need.disciplines.span
        guard !names.isEmpty else { return (BitMatrix.active, BitMatrix.active) }
        let first = row(of: names[0], in: &roster)
        if names.count == 1 { return (first, first) }
        if names.count == 2 { return (first, row(of: names[1], in: &roster)) }
        let rows = need.disciplines.map { row(of: $0, in: &roster) }
        roster.matrix.unite(rows, into: BitMatrix.disciplines)
        return (BitMatrix.disciplines, BitMatrix.disciplines)
    }

    @inline(__always)
    private static func row(of name: String, in roster: inout Roster) -> BitMatrix.Row {
        roster.traits.disciplines.row(of: name, &roster.matrix)
    }

    static func isBroken(
        by slot: Int,
        _ need: Need,
        _ policy: MatchingPolicy,
        in roster: inout Roster
    ) -> Bool {
        !need.disciplines.isEmpty
            && roster.members.specialists.span[slot].disciplines.isDisjoint(with: need.disciplines)
    }

    static func removeFacts(from need: inout Need) { need.disciplines = [] }
}
