internal import OpinionMatching

/// What steps announce to the world, in order.
///
/// Whoever writes the announcements empties it.
package struct Outbox: Sendable {
    package private(set) var announcements: [Announcement] = []
    /// Announcements, and one for each hundred findings that they tell.
    private var weight = 0

    /// How much fits in before the rest has to wait until this has been written.
    ///
    /// One event announces little; a change of the roster may serve everybody who waits.
    package static let announcementsMax = 2_000

    package init() {}

    package var isFull: Bool { weight >= Self.announcementsMax }

    mutating func append(_ announcement: consuming Announcement) {
        weight += 1 + (announcement.audit?.decision.verdicts.count ?? 0) / 100
        announcements.append(announcement)
    }

    package mutating func removeAll() {
        announcements.removeAll(keepingCapacity: true)
        weight = 0
    }
}
