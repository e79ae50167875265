extension Roster {
    /// How a specialist and a seat fit each other.
    package struct Terms: Hashable, Sendable {
        /// The first of the disciplines asked for that the specialist has, else the specialist's first.
        package let discipline: String
        /// The index of the first language asked for that the specialist speaks.
        package let language: Int?
        /// Units held before the seat is taken.
        package let held: Int
        /// Units that the specialist can hold.
        package let capacity: Int
        /// Whether the specialist is given seats or offered them.
        package let acceptance: Specialist.Acceptance
    }

    /// The terms on which a specialist would take a seat; nil when they are not in the roster.
    package func terms(of id: Specialist.ID, for need: Need) -> Terms? {
        slot(of: id).map { terms(of: $0, for: need) }
    }

    @inline(__always)
    func terms(of slot: Int, for need: Need) -> Terms {
        let specialists = members.specialists.span
        let (mine, spoken) = (specialists[slot].disciplines, specialists[slot].languages)
        return Terms(
            discipline: need.disciplines.first { mine.contains($0) } ?? mine.first ?? "",
            language: need.languages.firstIndex { spoken.contains($0) },
            held: load.work[slot].units,
            capacity: specialists[slot].capacity.units,
            acceptance: specialists[slot].acceptance
        )
    }
}
