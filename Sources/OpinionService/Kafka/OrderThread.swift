internal import Foundation

/// A thread that takes orders, one after the other, and may block while it carries one out.
final class OrderThread<Order: Sendable>: Sendable {
    private let orders = MessageQueue<Order>()
    private let finished = DispatchSemaphore(value: 0)
    private let last: Order

    /// - Parameters:
    ///   - name: As the kernel shows it.
    ///   - last: The order after which `work` returns.
    ///   - watches: Have a watch for as long as the thread lives.
    ///   - work: Takes orders until it gets the last one.
    init(
        _ name: ThreadName,
        last: Order,
        _ watches: HangWatchdog.Watches,
        _ work: @escaping @Sendable (MessageQueue<Order>, HangWatchdog.Watch) -> Void
    ) {
        self.last = last
        let thread = Thread { [self] in
            name.take()
            let watch = watches.add()
            work(orders, watch)
            watches.remove(watch)
            finished.signal()
        }
        thread.stackSize = 1 << 20
        thread.start()
    }

    func order(_ order: Order) { orders.post(order) }

    /// Ends the thread once the call that is under way has come back.
    ///
    /// - Parameter seconds: How long that is waited for.
    func close(waitSeconds seconds: Double) {
        orders.post(last)
        _ = finished.wait(timeout: .now() + seconds)
    }
}
