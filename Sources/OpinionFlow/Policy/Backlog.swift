/// Requests that a new policy lets move on, and whether anything is left to look at.
///
/// Worked off in pieces, since one outbox may not hold all that follows. Requests are kept by key: handles differ
/// after a restart.
struct Backlog: Sendable {
    /// Requests that no longer have to wait for records.
    var released: [RequestKey] = []
    /// Panels that may report now, or have an adjudicator.
    var reviewable: [RequestKey] = []
    /// See ``Shard/isUnfinished``.
    var isUnfinished = false

    mutating func removeAll() {
        released.removeAll()
        reviewable.removeAll()
    }
}
