/// How many remembered requests there are of each kind of work.
///
/// Derived from the remembered requests, open and closed, so it is the same after a restart. Requests older than the
/// retention no longer count.
struct DemandCounts: Sendable {
    private var counts: [Demand: Int] = [:]
    private(set) var total = 0

    subscript(demand: Demand) -> Int { counts[demand] ?? 0 }

    mutating func add(_ demand: Demand) {
        counts[demand, default: 0] += 1
        total += 1
    }

    mutating func remove(_ demand: Demand) {
        guard let count = counts[demand] else {
            preconditionFailure("\(demand.family.name) is wanted no more, but never was")
        }
        counts[demand] = count == 1 ? nil : count - 1
        total -= 1
    }
}
