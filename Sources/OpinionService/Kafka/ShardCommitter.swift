internal import Foundation
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
        case close
    }

    private let orders = MessageQueue<Order>()
    private let leaving = Atomic<Bool>(false)
    private let parked = Mutex<ParkedShard?>(nil)
    /// Left when the thread has ended.
    private let thread = DispatchGroup()

    /// - Parameters:
    ///   - duty: What it works for.
    ///   - watches: Get a watch for as long as the thread lives.
    ///   - predecessor: Whoever had the shard in this process: first its last call has to be over, so
    ///     that nothing is read while it may still commit.
    ///   - standby: Has what there is of the shard, and takes what is left of it at the end.
    ///   - post: Takes what has happened.
    init(
        _ duty: ShardDuty,
        _ watches: HangWatchdog.Watches,
        after predecessor: ShardCommitter?,
        _ standby: Standby,
        post: @escaping @Sendable (TransportEvent) -> Void
    ) {
        let watch = watches.add()
        thread.enter()
        let body = Thread { [self] in
            ThreadName.shard(duty.shard).take()
            predecessor?.waitForEnd()
            let bench = CommitterSession(
                duty,
                watch,
                standby,
                isLeaving: { self.isLeaving },
                post: post
            )
            bench.work(orders)
            if let parked = parked.withLock({ $0.take() }), let end = bench.stateEnd {
                standby.order(.keep(parked.warm(at: end)))
            }
            watches.remove(watch)
            thread.leave()
        }
        body.stackSize = 1 << 20
        body.start()
    }

    func order(_ order: Order) { orders.post(order) }

    /// Ends the thread once the call that is under way has come back; nothing is tried again.
    ///
    /// - Parameter last: The shard with everything committed; nil: what became of it is not known.
    func leave(parking last: ParkedShard? = nil) {
        parked.withLock { $0 = last }
        leaving.store(true, ordering: .releasing)
        orders.post(.close)
    }

    private var isLeaving: Bool { leaving.load(ordering: .acquiring) }

    /// Waits until the thread has ended.
    ///
    /// - Parameter seconds: How long at most; nil: as long as it takes, which ``HangWatchdog`` limits.
    func waitForEnd(seconds: Double? = nil) {
        guard let seconds else { return thread.wait() }
        _ = thread.wait(timeout: .now() + seconds)
    }
}
