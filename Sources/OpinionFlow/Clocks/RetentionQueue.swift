internal import OpinionMatching

/// Closed requests in the order in which they are forgotten.
///
/// Closing times never decrease, so a queue is enough.
struct RetentionQueue: Sendable {
    private var entries: [(at: Moment, handle: RequestHandle, key: RequestKey)] = []
    private var head = 0

    var first: (at: Moment, handle: RequestHandle, key: RequestKey)? {
        head < entries.count ? entries[head] : nil
    }

    mutating func append(_ handle: RequestHandle, _ key: RequestKey, closedAt: Moment) {
        entries.append((closedAt, handle, key))
    }

    mutating func removeFirst() {
        head += 1
        guard head > 1_024, head > entries.count / 2 else { return }
        entries.removeFirst(head)
        head = 0
    }

    /// Sorts what a restore appended in the order of its records.
    mutating func sort() {
        entries.sort { ($0.at, $0.key) < ($1.at, $1.key) }
    }
}
