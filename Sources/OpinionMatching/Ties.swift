/// Who must not judge a first opinion, by the names that it comes from: a doctor, an organisation, a practice
/// group.
struct Ties: Sendable {
    /// Those whom one name ties.
    struct Tied: Sendable {
        /// Who work at the organisation of that name.
        fileprivate(set) var members = SparseBitset()
        /// Who belong to the practice group of that name.
        fileprivate(set) var partners = SparseBitset()
        /// Who declared a conflict with the name, whatever it is the name of.
        fileprivate(set) var opponents = SparseBitset()

        fileprivate var isEmpty: Bool {
            members.isEmpty && partners.isEmpty && opponents.isEmpty
        }
    }

    private var tied: [String: Tied] = [:]

    /// - Complexity: one hash of the name.
    subscript(name: String) -> Tied? { tied[name] }

    mutating func insert(_ specialist: Specialist, at slot: Int) {
        if let name = specialist.organisation { tied[name, default: Tied()].members.insert(slot) }
        for name in specialist.practiceGroups { tied[name, default: Tied()].partners.insert(slot) }
        for name in specialist.declaredConflicts {
            tied[name, default: Tied()].opponents.insert(slot)
        }
    }

    /// A name that ties nobody any more leaves the table.
    mutating func remove(_ specialist: Specialist, at slot: Int) {
        let own = specialist.organisation.map { [$0] } ?? []
        for name in own + specialist.practiceGroups + specialist.declaredConflicts {
            tied[name]?.members.remove(slot)
            tied[name]?.partners.remove(slot)
            tied[name]?.opponents.remove(slot)
            if tied[name]?.isEmpty == true { tied[name] = nil }
        }
    }
}
