/// Rule 9: the specialist's limits leave room for the seat: units at once, seats in a day and a week, seats of a kind.
enum CapacityRule: PassingRule {
    /// Those who may have room; ``drop(for:from:)`` looks at the limits that this set doesn't cover.
    @inline(__always)
    static func row(for need: Need) -> BitMatrix.Row {
        need.cost == 1 ? BitMatrix.room : BitMatrix.active
    }

    /// Drops those whom ``row(for:)`` has left and who have no room; how many they are.
    ///
    /// The set ``BitMatrix/room`` tells all about a seat of one unit, except for limits by kind of request.
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
