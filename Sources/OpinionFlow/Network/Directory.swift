package import OpinionMatching

/// Every specialist of every network, as the compacted topic has them; the same on all instances.
///
/// It decides nothing: shards are handed the changes.
package struct Directory: Sendable {
    package enum Entry: Hashable, Sendable {
        case profile(Specialist)
        /// The last profile could not be read: inactive, and keeps the seats.
        case unreadable
    }

    package enum Change: Hashable, Sendable {
        case profiled(Specialist)
        /// Gets no more seats and keeps those held.
        case suspended(Specialist.ID, network: String)
        /// Leaves one network, all but one, or all; the shard decides later whether seats are rescinded.
        case retired(Specialist.ID, from: Networks)
    }

    package enum Networks: Hashable, Sendable {
        case one(String)
        case allBut(String)
        case all
    }

    package private(set) var entries: [Specialist.ID: Entry] = [:]

    package init() {}

    /// Applies a profile.
    ///
    /// - Returns: What it means for the networks.
    package mutating func profile(_ specialist: Specialist) -> [Change] {
        let before = entries.updateValue(.profile(specialist), forKey: specialist.id)
        switch before {
        case .profile(let old) where old.network != specialist.network:
            return [.retired(specialist.id, from: .one(old.network)), .profiled(specialist)]
        case .unreadable:
            let elsewhere = Networks.allBut(specialist.network)
            return [.retired(specialist.id, from: elsewhere), .profiled(specialist)]
        case .profile, nil:
            return [.profiled(specialist)]
        }
    }

    /// Applies a profile that could not be read.
    package mutating func suspend(_ id: Specialist.ID) -> [Change] {
        let before = entries.updateValue(.unreadable, forKey: id)
        guard case .profile(let old) = before else { return [] }
        return [.suspended(id, network: old.network)]
    }

    /// Applies a tombstone.
    package mutating func retire(_ id: Specialist.ID) -> [Change] {
        switch entries.removeValue(forKey: id) {
        case .profile(let old): [.retired(id, from: .one(old.network))]
        // Said again: confirms it where seats were kept because so many left at once.
        case .unreadable, nil: [.retired(id, from: .all)]
        }
    }

    /// The readable profiles of some networks, in order of ID.
    package func specialists(where isWanted: (String) -> Bool) -> [Specialist] {
        entries.values.compactMap { entry in
            if case .profile(let specialist) = entry, isWanted(specialist.network) {
                specialist
            } else {
                nil
            }
        }.sorted { $0.id < $1.id }
    }

    package var count: Int { entries.count }

    package func count(where isCounted: (Entry) -> Bool) -> Int {
        entries.values.count(where: isCounted)
    }
}
