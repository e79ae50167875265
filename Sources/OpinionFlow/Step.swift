/// What one step of a shard works with beside the shard's state: its cause, and where its announcements go.
///
/// A step is one event, one change of the roster or one tick. The time of its decisions is
/// ``Shard/decidedAt``, its policy ``Shard/policy``.
struct Step: Sendable {
    /// The event that the step answers; nil for time, a tombstone and a new policy.
    var cause: Cause?
    var outbox = Outbox()
}

extension Shard {
    /// Makes a step: `body` announces into `outbox`, with `cause`.
    @inline(__always)
    mutating func perform<Result>(
        because cause: Cause?,
        into outbox: inout Outbox,
        _ body: (inout Shard) -> Result
    ) -> Result {
        swap(&current.outbox, &outbox)
        current.cause = cause
        let result = body(&self)
        current.cause = nil
        swap(&current.outbox, &outbox)
        return result
    }

    /// Does a part of a step that the event at hand is not the cause of: a limit has passed.
    mutating func withoutCause(_ body: (inout Shard) -> Void) {
        let cause = current.cause
        current.cause = nil
        body(&self)
        current.cause = cause
    }

    /// Announces something about a request, under the request's next number.
    ///
    /// Without a cause of its own the announcement names the event that opened or last amended the request.
    mutating func announce(
        _ kind: consuming AnnouncementKind,
        of handle: RequestHandle,
        audit: Audit? = nil
    ) {
        change(handle) { $0.told += 1 }
        current.outbox.append(
            Announcement(
                key: requests[handle].key,
                number: requests[handle].told,
                at: decidedAt,
                cause: current.cause ?? requests.open(handle)?.cause,
                kind: kind,
                audit: audit
            )
        )
    }
}
