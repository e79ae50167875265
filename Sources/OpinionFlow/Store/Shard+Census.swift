package import OpinionMatching

extension Shard {
    /// Counts the shard.
    ///
    /// Derived each time, so that no counter can drift.
    /// - Complexity: O(requests + specialists); called at the interval of the health line.
    package func census(at now: Moment) -> Census {
        var census = Census()
        for slot in networks.list.indices {
            census.specialists += networks.list[slot].roster.activeCount
            census.capacityUnits += networks.list[slot].roster.capacityUnits
        }
        for (network, slot) in networks.slots where networks.list[slot].isDoubted(at: now) {
            census.collapsed.insert(network)
        }
        for handle in requests.handles {
            if let open = requests.open(handle) { census.count(open, at: now) }
        }
        return census
    }
}
