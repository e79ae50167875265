internal import OpinionMatching

/// The order in which the waiting seats of a request are filled.
///
/// It is the order of their numbers, unless a specialist whom few could replace on one seat may also take another. Then
/// the seats that the report waits for come first, those with the fewest candidates before the others, so that the only
/// candidate for one seat isn't used up on another.
struct FillingOrder {
    private struct Entry {
        let index: Int
        let need: Need
        let isOptional: Bool
        /// Who may ever take it, or as many of them as there are seats: more make no difference.
        let people: [Specialist.ID]
    }

    private var entries: [Entry] = []

    mutating func add(
        _ index: Int,
        _ need: Need,
        isOptional: Bool,
        _ people: [Specialist.ID]
    ) {
        entries.append(Entry(index: index, need: need, isOptional: isOptional, people: people))
    }

    func indices(_ roster: inout Roster, _ policy: MatchingPolicy) -> [Int] {
        guard isContested(&roster, policy) else { return entries.map(\.index) }
        return entries.sorted { Self.rank($0) < Self.rank($1) }.map(\.index)
    }

    private func isContested(_ roster: inout Roster, _ policy: MatchingPolicy) -> Bool {
        for entry in entries where entry.people.count < entries.count {
            for other in entries where other.index != entry.index {
                for person in entry.people where roster.suits(person, other.need, policy) {
                    return true
                }
            }
        }
        return false
    }

    private static func rank(_ entry: Entry) -> (Int, Int, Int) {
        (entry.isOptional ? 1 : 0, entry.people.isEmpty ? .max : entry.people.count, entry.index)
    }
}
