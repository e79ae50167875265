/// Rule 9: the specialist's limits leave room for the seat: units at once, seats in a day and a week, seats of a kind.
enum CapacityRule: PassingRule {
    /// Those who may have room; ``drop(for:from:)`` looks at what this set can't tell.
    @inline(__always)
    static func row(for need: Need) -> BitMatrix.Row {
        need.cost == 1 ? BitMatrix.room : BitMatrix.active
    }

    /// Drops those without room that ``row(for:)`` has left; how many they are.
    ///
    /// The set ``BitMatrix/room`` is exact for a seat of one unit, but for limits on its kind of request.
    static func drop(for need: Need, from roster: inout Roster) -> Int {
        if need.cost != 1 {
            return roster.eligibility.filter { [load = roster.load] in
                load.hasRoom($0, for: need.cost, need.kind)
            }
        }
        guard roster.load.hasKindLimits else { return 0 }
        return roster.eligibility.filter { [load = roster.load] in
            !load.limited.contains($0) || !load.isFull($0, of: need.kind)
        }
    }

    static func isBroken(
        by slot: Int,
        _ need: Need,
        at now: Moment,
        in roster: inout Roster
    ) -> Bool {
        !roster.load.hasRoom(slot, for: need.cost, need.kind)
    }
}
