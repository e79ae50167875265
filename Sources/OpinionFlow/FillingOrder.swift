internal import OpinionMatching

/// In which order the seats of a request that wait are filled.
///
/// As they are numbered, unless somebody whom few could replace on one seat may also take another: then the seats
/// that the report waits for come first, and of them those that the fewest may take, so that nobody is spent on
/// a seat who alone could take another.
struct FillingOrder {
    private struct Entry {
        let index: Int
        let need: Need
        let isOptional: Bool
        /// Who may ever take it; of as many as there are seats it doesn't matter who they are.
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

    func indices(_ roster: inout Roster, _ policy: Matching) -> [Int] {
        guard isContested(&roster, policy) else { return entries.map(\.index) }
        return entries.sorted { Self.rank($0) < Self.rank($1) }.map(\.index)
    }

    private func isContested(_ roster: inout Roster, _ policy: Matching) -> Bool {
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

extension Shard {
    /// The seats of a request that wait, in the order in which somebody is looked for.
    mutating func fillingOrder(of handle: Int32) -> [Int] {
        guard let open = openRequest(handle) else { return [] }
        let waiting = open.seatList.indices.filter { open.seatList[$0].isWaiting }
        guard waiting.count > 1 else { return waiting }
        let needs = waiting.map { need(of: open, $0, handle) }
        return withNetwork(of: handle) { network, policy in
            var order = FillingOrder()
            for (index, need) in zip(waiting, needs) {
                let isOptional = open.seatList[index].isOptional
                let people = network.roster.possible(
                    for: need,
                    policy.matching,
                    most: waiting.count
                )
                order.add(index, need, isOptional: isOptional, people)
            }
            return order.indices(&network.roster, policy.matching)
        }
    }
}
