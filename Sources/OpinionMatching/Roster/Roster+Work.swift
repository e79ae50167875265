// The seats that specialists have, and the work that requests ask for.
extension Roster {
    /// Whether a specialist has room for one more unit.
    package func hasRoom(_ id: Specialist.ID) -> Bool {
        slot(of: id).map { matrix.contains($0, in: BitMatrix.room) } ?? false
    }

    /// Whether anybody limits how many seats they are given in a day or a week.
    package var hasCountLimits: Bool { load.hasCountLimits }

    /// Adds a seat to a specialist's work; does nothing when they are not in the roster.
    package mutating func take(
        _ id: Specialist.ID,
        units: Int,
        of kind: RequestKind = .single
    ) {
        guard let slot = slot(of: id) else { return }
        take(slot, units, kind)
    }

    @inline(__always)
    mutating func take(_ slot: Int, _ units: Int, _ kind: RequestKind) {
        load.take(slot, units: units, kind, &matrix)
        updateFree(slot)
    }

    /// Removes a seat that was given up or delivered from a specialist's work; does nothing when they are not in the
    /// roster.
    package mutating func release(
        _ id: Specialist.ID,
        units: Int,
        of kind: RequestKind = .single
    ) {
        guard let slot = slot(of: id) else { return }
        load.release(slot, units: units, kind, &matrix)
        updateFree(slot)
    }

    /// Begins a new UTC day: sets the seats given today to zero, and in a new week those given in the week too.
    package mutating func beginDay(isNewWeek: Bool) {
        load.beginDay(isNewWeek: isNewWeek, &matrix)
        for slot in members.specialists.indices { updateFree(slot) }
    }

    /// Counts a request that is remembered from now on; see ``Demand``.
    package mutating func want(_ demand: Demand) {
        scarcity.want(demand, language: number(of: demand))
    }

    /// Stops counting a request that is no longer remembered, or that asks for something else now.
    package mutating func wantNoMore(_ demand: Demand) {
        scarcity.wantNoMore(demand, language: number(of: demand))
    }

    /// The number of the demand's language: 0 when any language will do, nil when nobody speaks it.
    private func number(of demand: Demand) -> Int? {
        guard let name = demand.language else { return 0 }
        let number = traits.languages.number(of: name)
        return number == 0 ? nil : number
    }
}
