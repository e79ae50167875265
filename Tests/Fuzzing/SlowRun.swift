import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionWire

/// A backlog, and brokers that take long to commit.
package struct SlowRun {
    /// Records that were handed in and not committed, at most.
    package private(set) var inHand = 0
    /// Bytes of the largest transaction.
    package private(set) var bytes = 0
    package private(set) var committed = 0

    /// - Parameters:
    ///   - count: Records of the backlog.
    ///   - distinct: Requests that they submit, again and again when there are fewer than records; nil: a
    ///     new one each.
    ///   - patience: How often the brokers are asked before they answer a commit.
    ///   - progress: Told after each commit how many records are committed.
    package init(
        records count: Int,
        distinct: Int? = nil,
        patience: Int,
        progress: @escaping (Int) -> Void = { _ in }
    ) {
        let book = Book()
        let cluster = MemoryCluster(
            shards: 1,
            roster: [],
            count: count,
            record: { Record.request($0 % (distinct ?? count), at: $0) },
            patience: patience,
            written: { transaction in
                book.take(transaction)
                progress(book.committed)
            }
        )
        book.handed = { cluster.handed }
        _ = cluster.serve(clock: StillClock())
        (inHand, bytes, committed) = (book.inHand, book.bytes, book.committed)
    }

    private final class Book {
        var handed: () -> Int64 = { 0 }
        var inHand = 0
        var bytes = 0
        var committed = 0

        /// What is written now is in hand until it is answered: with it whatever came since.
        func take(_ transaction: Transaction) {
            inHand = max(inHand, Int(handed()) - committed)
            bytes = max(bytes, transaction.batch.bytes.count)
            committed += transaction.tally.received
        }
    }

    private struct StillClock: Clock {
        var now: Moment { Moment(milliseconds: 1_795_341_600_000) }
        var uptime: Double { 1 }
        var nanoseconds: UInt64 { 0 }
    }
}
