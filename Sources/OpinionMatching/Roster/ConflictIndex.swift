/// The specialists who must not judge a first opinion, by the names that it comes from: a doctor, an organisation or a
/// practice group.
struct ConflictIndex: Sendable {
    /// The specialists who are tied to one name.
    struct Conflicts: Sendable {
        /// Those who work at the organisation of that name.
        fileprivate(set) var members = SparseBitset()
        /// Those who belong to the practice group of that name.
        fileprivate(set) var partners = SparseBitset()
        /// Those who declared a conflict with the name, of whatever kind it is.
        fileprivate(set) var opponents = SparseBitset()

        fileprivate var isEmpty: Bool {
            members.isEmpty && partners.isEmpty && opponents.isEmpty
        }
    }

    private var names = NameTable()
    /// By the number of the name.
    private var tied: [Conflicts] = []

    /// - Complexity: one hash of the name.
    @inline(__always)
    subscript(name: String) -> Conflicts? { names.number(of: name).map { tied[$0] } }

    mutating func insert(_ specialist: Specialist, at slot: Int) {
        if let name = specialist.organisation { insert(slot, \.members, of: name) }
        for name in specialist.practiceGroups { insert(slot, \.partners, of: name) }
        for name in specialist.declaredConflicts { insert(slot, \.opponents, of: name) }
    }

    private mutating func insert(
        _ slot: Int,
        _ kind: WritableKeyPath<Conflicts, SparseBitset>,
        of name: String
    ) {
        let number = names.insert(name).number
        if number == tied.count { tied.append(Conflicts()) }
        tied[number][keyPath: kind].insert(slot)
    }

    /// Removes the ties of a slot, and the names to which nobody is tied any more.
    mutating func remove(_ specialist: Specialist, at slot: Int) {
        let own = specialist.organisation.map { [$0] } ?? []
        for name in own + specialist.practiceGroups + specialist.declaredConflicts {
            guard let number = names.number(of: name) else { continue }
            tied[number].members.remove(slot)
            tied[number].partners.remove(slot)
            tied[number].opponents.remove(slot)
            if tied[number].isEmpty { names.remove(number) }
        }
    }
}
