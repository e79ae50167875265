internal import KafkaTransport
internal import OpinionFlow
internal import OpinionWire
internal import Synchronization

/// The thread of one shard: owns its transactional producer and does nothing but the blocking calls.
///
/// ```
///   takeOver ─► init_transactions ─► restore ─► takenOver
///   commit   ─► begin, produce, send offsets, commit ─► committed
///                                        abortable ─► abort, wait ─► aborted
///                                        fenced, unknown ─► lost
/// ```
final class ShardCommitter: Sendable {
    enum Order: Sendable {
        case takeOver(Policy)
        case commit(Transaction, GroupMembership)
    }

    private let thread: OrderThread<Order>
    private let parking = Parking()

    /// The shard with everything committed, as it is set aside at the end.
    private final class Parking: Sendable {
        let shard = Mutex<ParkedShard?>(nil)
    }

    /// - Parameters:
    ///   - duty: What it works for.
    ///   - watches: Get a watch for as long as the thread lives.
    ///   - predecessor: Whoever had the shard in this process: first its last call has to be over, so
    ///     that nothing is read while it may still commit.
    ///   - standby: Has what there is of the shard, and takes what is left of it at the end.
    ///   - post: Takes what has happened.
    init(
        _ duty: ShardContext,
        _ watches: HangWatchdog.Watches,
        after predecessor: ShardCommitter?,
        _ standby: OrderThread<Standby.Order>,
        post: @escaping @Sendable (TransportEvent) -> Void
    ) {
        thread = OrderThread(.shard(duty.shard), watches, after: predecessor?.thread) {
            [parking] orders, watch in
            let session = CommitterSession(duty, watch, standby, orders, post: post)
            session.work()
            guard let parked = parking.shard.withLock({ $0.take() }), let end = session.stateEnd
            else { return }
            standby.order(.keep(parked.warm(at: end)))
        }
    }

    func order(_ order: Order) { thread.order(order) }

    /// Ends the thread once the call that is under way has come back; nothing is tried again.
    ///
    /// - Parameter last: The shard with everything committed; nil: what became of it is not known.
    func leave(parking last: ParkedShard? = nil) {
        parking.shard.withLock { $0 = last }
        thread.end()
    }

    /// Waits until the thread has ended.
    func waitForEnd(seconds: Double) { thread.waitForEnd(seconds: seconds) }
}
