internal import Foundation
internal import Synchronization

/// A thread that carries out orders, one after the other, and may block while it does.
///
/// All that asks the brokers anything works this way: whoever has the thread gives orders and hears of the outcome as
/// a ``TransportEvent``. What does the work is made on the thread and never leaves it.
final class OrderThread<Order: Sendable>: Sendable {
    private let orders = OrderQueue<Order>()
    /// Left when the thread has ended.
    private let running = DispatchGroup()

    /// - Parameters:
    ///   - name: As the kernel shows it.
    ///   - watches: Have a watch for as long as the thread lives.
    ///   - predecessor: First its last call has to be over.
    ///   - work: Carries out orders until the queue is over.
    init(
        _ name: ThreadName,
        _ watches: HangWatchdog.Watches,
        after predecessor: OrderThread? = nil,
        _ work: @escaping @Sendable (OrderQueue<Order>, HangWatchdog.Watch) -> Void
    ) {
        running.enter()
        let thread = Thread { [orders, running] in
            name.take()
            predecessor?.waitForEnd()
            let watch = watches.add()
            work(orders, watch)
            watches.remove(watch)
            running.leave()
        }
        thread.stackSize = 1 << 20
        thread.start()
    }

    func order(_ order: Order) { orders.post(order) }

    /// Ends the thread once the call that is under way has come back: nothing is tried again, and orders that are left
    /// are not carried out.
    func end() { orders.end() }

    /// Waits until the thread has ended.
    ///
    /// - Parameter seconds: How long at most; nil: as long as it takes, which ``HangWatchdog`` limits.
    func waitForEnd(seconds: Double? = nil) {
        guard let seconds else { return running.wait() }
        _ = running.wait(timeout: .now() + seconds)
    }

    func end(waitSeconds seconds: Double) {
        end()
        waitForEnd(seconds: seconds)
    }
}

/// The orders of a thread, and whether it is to end.
final class OrderQueue<Order: Sendable>: Sendable {
    /// How long a thread without anything else to do waits for an order, before it waits again.
    static var idleMilliseconds: Int32 { 60_000 }

    /// nil wakes the thread.
    private let letters = MessageQueue<Order?>()
    private let ended = Atomic<Bool>(false)

    /// Whether the thread is to end.
    var isOver: Bool { ended.load(ordering: .acquiring) }

    func post(_ order: Order) { letters.post(order) }

    func end() {
        ended.store(true, ordering: .releasing)
        letters.post(nil)
    }

    /// The orders that are there; waits for the first at most that long.
    func next(waitMilliseconds: Int32) -> [Order] {
        isOver ? [] : letters.take(waitMilliseconds: waitMilliseconds).compactMap(\.self)
    }

    /// Hands out orders one by one until the thread is to end.
    func forEach(_ carryOut: (Order) -> Void) {
        while !isOver {
            for order in next(waitMilliseconds: Self.idleMilliseconds) where !isOver {
                carryOut(order)
            }
        }
    }
}
