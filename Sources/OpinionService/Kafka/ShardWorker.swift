internal import Foundation
internal import KafkaTransport
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
final class ShardWorker: Sendable {
    enum Order: Sendable {
        case takeOver
        case commit(Transaction, GroupMembership)
        case close
    }

    private let orders = Mailbox<Order>()
    private let leaving = Atomic<Bool>(false)
    /// Left when the thread has ended.
    private let thread = DispatchGroup()

    /// - Parameters:
    ///   - duty: What it works for.
    ///   - watches: Get a watch for as long as the thread lives.
    ///   - predecessor: Whoever had the shard in this process: first its last call has to be over, so
    ///     that nothing is read while it may still commit.
    ///   - post: Takes what has happened.
    init(
        _ duty: ShardDuty,
        _ watches: Deadline.Watches,
        after predecessor: ShardWorker?,
        post: @escaping @Sendable (Happening) -> Void
    ) {
        let watch = watches.add()
        thread.enter()
        let body = Thread { [self] in
            ThreadName.shard(duty.shard).take()
            predecessor?.waitForEnd()
            ShardBench(duty, watch, isLeaving: { self.isLeaving }, post: post).work(orders)
            watches.remove(watch)
            thread.leave()
        }
        body.stackSize = 1 << 20
        body.start()
    }

    func order(_ order: Order) { orders.post(order) }

    /// Ends the thread once the call that is under way has come back; nothing is tried again.
    func leave() {
        leaving.store(true, ordering: .releasing)
        orders.post(.close)
    }

    private var isLeaving: Bool { leaving.load(ordering: .acquiring) }

    /// Waits until the thread has ended.
    ///
    /// - Parameter seconds: How long at most; nil: as long as it takes, which ``Deadline`` limits.
    func waitForEnd(seconds: Double? = nil) {
        guard let seconds else { return thread.wait() }
        _ = thread.wait(timeout: .now() + seconds)
    }
}
