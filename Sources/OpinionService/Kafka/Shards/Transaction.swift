internal import OpinionFlow
package import OpinionWire

/// All that one transaction of a shard writes and moves.
///
/// Kept until its commit has returned.
package struct Transaction: Sendable {
    package let shard: Int
    package var batch = RecordBatch()
    /// The next offsets to be read.
    package var requests: Int64
    package var responses: Int64
    package var tally = Tally()
    /// Timestamps of the records that it answers, in milliseconds since 1970.
    package var arrivals: [Int64] = []

    package init(shard: Int, requests: Int64, responses: Int64) {
        self.shard = shard
        self.requests = requests
        self.responses = responses
    }

    /// Empties the buffers and keeps their memory.
    mutating func empty() {
        batch.removeAll()
        arrivals.removeAll(keepingCapacity: true)
    }

    mutating func takeBuffers(of other: Transaction) {
        batch = other.batch
        arrivals = other.arrivals
    }

    /// Whether there is nothing to commit.
    package var isEmpty: Bool { tally.received == 0 && batch.entries.isEmpty }
}

/// How much one transaction holds.
package struct TransactionLimits: Sendable {
    /// Records answered in one at most.
    package var records = 2_000
    /// Bytes written in one at most, give or take the answers to one record or one look at those who wait.
    package var bytes = 8 << 20

    package init() {}
}

/// What was done, counted when it is committed.
package struct Tally: Hashable, Sendable {
    package var received = 0
    package var assigned = 0
    package var reports = 0
    package var dead = DeadLetterCount()
    package var forwarded = 0
    /// Events that said again what was known.
    package var duplicates = 0
    /// Events that came too late to change anything.
    package var superseded = 0
    /// Events whose time lies more than a minute ahead.
    package var future = 0

    package init() {}

    package var deadLetters: Int { dead.total }
    /// Events older than what is remembered.
    package var stale: Int { dead.entries[.stale]?.count ?? 0 }

    package static func += (left: inout Tally, right: Tally) {
        left.received += right.received
        left.assigned += right.assigned
        left.reports += right.reports
        left.dead += right.dead
        left.forwarded += right.forwarded
        left.duplicates += right.duplicates
        left.superseded += right.superseded
        left.future += right.future
    }
}
