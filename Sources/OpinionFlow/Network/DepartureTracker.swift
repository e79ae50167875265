internal import OpinionMatching

/// Who has left a network lately, and whether that looks like people leaving or like a broken directory.
///
/// No seat is rescinded at once. A retired specialist is *leaving* until the network has been quiet for a moment, so
/// that all whom one broken export retires are judged together. If most of the network left, their seats are *kept*
/// until the tombstone is sent again later on or the profile comes back; else they are rescinded.
struct DepartureTracker: Sendable {
    /// Departures within this time count together, in milliseconds.
    static let window: Int64 = 600_000
    /// Fewer departures are never a collapse: everybody in a small network may leave for good reasons.
    static let collapseMin = 5
    /// How long nobody else may have left before departures are judged, in milliseconds.
    static let quiet: Int64 = 2_000
    /// How long a departure waits for judgement at most, in milliseconds.
    static let judgedWithin: Int64 = 60_000
    /// How much later a second tombstone must come to confirm a departure, in milliseconds: a publisher that
    /// retries says nothing new.
    static let confirmedAfter: Int64 = 60_000

    private var tombstones: [(id: Specialist.ID, at: Moment)] = []
    /// Specialists whose profile can't be read: they count as gone while that lasts.
    private var unreadable: Set<Specialist.ID> = []
    /// Specialists who hold seats and are to be judged, and since when.
    private(set) var leaving: [Specialist.ID: Moment] = [:]
    /// Specialists whose seats are kept, and since when they are gone.
    private(set) var kept: [Specialist.ID: Moment] = [:]
    private var lastAt = Moment.distantPast

    /// When the leaving are judged; nil: nobody is leaving.
    var judgedAt: Moment? {
        guard let first = leaving.values.min() else { return nil }
        return min(
            lastAt.advanced(by: Self.quiet),
            first.advanced(by: Self.judgedWithin)
        )
    }

    /// Whether a specialist's seats wait for judgement or are kept.
    func knows(_ id: Specialist.ID) -> Bool { leaving[id] != nil || kept[id] != nil }

    /// Whether the last profile of a specialist could not be read.
    func isUnreadable(_ id: Specialist.ID) -> Bool { unreadable.contains(id) }

    /// Whether a tombstone that comes now confirms the departure of a specialist whose seats are kept.
    func isConfirmed(_ id: Specialist.ID, at now: Moment) -> Bool {
        kept[id].map { $0.advanced(by: Self.confirmedAfter) <= now } ?? false
    }

    /// Whether more specialists have left than are still there, and enough to mean something.
    func isCollapse(active: Int, at now: Moment) -> Bool {
        let since = now.advanced(by: -Self.window)
        let count = unreadable.count + tombstones.count { $0.at > since }
        return count >= Self.collapseMin && count > active
    }

    // MARK: Changes

    /// A specialist was retired who was active or holds seats.
    mutating func retire(_ id: Specialist.ID, holdsSeats: Bool, at now: Moment) {
        let since = now.advanced(by: -Self.window)
        tombstones.removeAll { $0.id == id || $0.at <= since }
        tombstones.append((id, now))
        unreadable.remove(id)
        lastAt = now
        if holdsSeats { leaving[id] = now }
    }

    /// The profile of a specialist can't be read.
    mutating func suspend(_ id: Specialist.ID) { unreadable.insert(id) }

    /// A specialist holds no seats any more: there is nothing to judge or to keep.
    mutating func forgetSeats(of id: Specialist.ID) {
        leaving[id] = nil
        kept[id] = nil
    }

    /// A specialist is back: it was no departure.
    mutating func undo(_ id: Specialist.ID) {
        forgetSeats(of: id)
        unreadable.remove(id)
        tombstones.removeAll { $0.id == id }
    }

    /// Keeps the seats of a specialist until the departure is confirmed or undone.
    mutating func keep(_ id: Specialist.ID, since: Moment) {
        leaving[id] = nil
        kept[id] = since
    }

    /// Restores a departure from what the specialist's seats say.
    mutating func restore(_ id: Specialist.ID, since: Moment, isKept: Bool) {
        tombstones.removeAll { $0.id == id }
        tombstones.append((id, since))
        lastAt = max(lastAt, since)
        if isKept { kept[id] = since } else { leaving[id] = since }
    }
}
