/// What kind of work a request is, as far as it decides whose units will be wanted: a family of cancers
/// and a language.
package struct Demand: Hashable, Sendable {
    /// Primary subtag, lower case; nil: any will do.
    package let language: String?
    /// Last, so that whoever holds a demand has room behind its one byte.
    package let family: CancerFamily

    package init(family: CancerFamily, language: String?) {
        self.family = family
        self.language = language
    }
}

/// How many remembered requests asked for what.
///
/// Derived from the requests that are remembered, open and closed, so it is the same after a restart, and
/// what is older than the retention no longer counts.
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
