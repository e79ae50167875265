internal import OpinionMatching

/// What steps want told to the world, in order.
///
/// Emptied by whoever performs it.
package struct Outbox: Sendable {
    package private(set) var announcements: [Announcement] = []
    /// Announcements, and findings told with them by the hundred.
    private var weight = 0

    /// So much that the rest waits until this has been performed.
    ///
    /// One event tells little; a roster that changes may serve all who wait.
    package static let announcementsMax = 2_000

    package init() {}

    package var isFull: Bool { weight >= Self.announcementsMax }

    mutating func append(_ announcement: Announcement) {
        announcements.append(announcement)
        weight += 1 + (announcement.audit?.decision.verdicts.count ?? 0) / 100
    }

    package mutating func removeAll() {
        announcements.removeAll(keepingCapacity: true)
        weight = 0
    }
}

/// The requests whose records differ from what was last written.
struct DirtySet: Sendable {
    private(set) var handles: [Int32] = []
    private var isIn = Bitset()
    private(set) var forgotten: [(key: RequestKey, recordHash: UInt64)] = []

    var isEmpty: Bool { handles.isEmpty && forgotten.isEmpty }

    mutating func insert(_ handle: Int32) {
        guard !isIn.contains(Int(handle)) else { return }
        isIn.insert(Int(handle))
        handles.append(handle)
    }

    mutating func forget(_ request: Request, _ handle: Int32) {
        if isIn.contains(Int(handle)) {
            isIn.remove(Int(handle))
            handles.removeAll { $0 == handle }
        }
        if request.recordHash != 0 { forgotten.append((request.key, request.recordHash)) }
    }

    mutating func removeAll() {
        for handle in handles { isIn.remove(Int(handle)) }
        handles.removeAll(keepingCapacity: true)
        forgotten.removeAll(keepingCapacity: true)
    }
}

/// Closed requests in the order in which they are forgotten.
///
/// Closing times only grow, so a queue is enough.
struct RetentionQueue: Sendable {
    private var line: [(at: Moment, handle: Int32, key: RequestKey)] = []
    private var head = 0

    var first: (at: Moment, handle: Int32, key: RequestKey)? {
        head < line.count ? line[head] : nil
    }

    mutating func append(_ handle: Int32, _ key: RequestKey, closedAt: Moment) {
        line.append((closedAt, handle, key))
    }

    mutating func removeFirst() {
        head += 1
        guard head > 1_024, head > line.count / 2 else { return }
        line.removeFirst(head)
        head = 0
    }

    /// Sorts what a restore appended in the order of its records.
    mutating func settle() {
        line.sort { ($0.at, $0.key) < ($1.at, $1.key) }
    }
}
