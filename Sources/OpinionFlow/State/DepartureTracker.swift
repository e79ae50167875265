internal import OpinionMatching

/// Who has left a network lately, and whether that looks like people leaving or like a directory that
/// breaks.
///
/// Nothing is taken back at once. Whoever is retired is *leaving* until the network has been quiet for a
/// moment: so all that one broken export retires is judged together. If most of the network went, their
/// seats are *kept* until the tombstone is sent again later on or the profile comes back; else they are
/// taken back.
struct DepartureTracker: Sendable {
    /// Losses that lie no further apart count together, in milliseconds.
    static let window: Int64 = 600_000
    /// Fewer are never a collapse: in a small network everybody may leave for good reasons.
    static let collapseMin = 5
    /// How long nobody more may have gone before the losses are judged, in milliseconds.
    static let quiet: Int64 = 2_000
    /// How long a loss waits for judgement at most, in milliseconds.
    static let judgedWithin: Int64 = 60_000
    /// A tombstone that comes again confirms the loss only if it comes so much later, in milliseconds: a
    /// publisher that tries again says nothing new.
    static let confirmedAfter: Int64 = 60_000

    private var tombstones: [(id: Specialist.ID, at: Moment)] = []
    /// Whose profile can't be read: gone for as long as that lasts.
    private var unreadable: Set<Specialist.ID> = []
    /// Who holds seats and is to be judged, since when.
    private(set) var leaving: [Specialist.ID: Moment] = [:]
    /// Whose seats are kept, and since when they are gone.
    private(set) var kept: [Specialist.ID: Moment] = [:]
    private var lastAt = Moment.distantPast

    /// When those who are leaving are judged; nil: nobody is.
    var judgedAt: Moment? {
        guard let first = leaving.values.min() else { return nil }
        return min(
            lastAt.advanced(by: Self.quiet),
            first.advanced(by: Self.judgedWithin)
        )
    }

    /// Whether a retired specialist's seats wait for judgement or are kept.
    func knows(_ id: Specialist.ID) -> Bool { leaving[id] != nil || kept[id] != nil }

    /// Whether the last profile of one could not be read.
    func isUnreadable(_ id: Specialist.ID) -> Bool { unreadable.contains(id) }

    /// Whether a tombstone that comes now confirms the loss of one whose seats are kept.
    func isConfirmed(_ id: Specialist.ID, at now: Moment) -> Bool {
        kept[id].map { $0.advanced(by: Self.confirmedAfter) <= now } ?? false
    }

    /// Whether more have gone than are left.
    func isCollapse(active: Int, at now: Moment) -> Bool {
        let since = now.advanced(by: -Self.window)
        let count = unreadable.count + tombstones.count { $0.at > since }
        return count >= Self.collapseMin && count > active
    }

    // MARK: Changes

    /// One was retired who was active or holds seats.
    mutating func retire(_ id: Specialist.ID, holdsSeats: Bool, at now: Moment) {
        let since = now.advanced(by: -Self.window)
        tombstones.removeAll { $0.id == id || $0.at <= since }
        tombstones.append((id, now))
        unreadable.remove(id)
        lastAt = now
        if holdsSeats { leaving[id] = now }
    }

    /// The profile of one can't be read.
    mutating func suspend(_ id: Specialist.ID) { unreadable.insert(id) }

    /// One holds no seats any more: there is nothing to judge or to keep.
    mutating func forgetSeats(of id: Specialist.ID) {
        leaving[id] = nil
        kept[id] = nil
    }

    /// One is there again: it was no loss.
    mutating func undo(_ id: Specialist.ID) {
        forgetSeats(of: id)
        unreadable.remove(id)
        tombstones.removeAll { $0.id == id }
    }

    /// Keeps the seats of one until the loss is confirmed or undone.
    mutating func keep(_ id: Specialist.ID, since: Moment) {
        leaving[id] = nil
        kept[id] = since
    }

    /// One whose seats say since when their specialist is gone.
    mutating func restore(_ id: Specialist.ID, since: Moment, isKept: Bool) {
        tombstones.removeAll { $0.id == id }
        tombstones.append((id, since))
        lastAt = max(lastAt, since)
        if isKept { kept[id] = since } else { leaving[id] = since }
    }
}
