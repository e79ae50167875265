internal import KafkaTransport
internal import Synchronization

/// How other threads reach the loop: a mailbox, and a wake for a consumer that blocks in a poll.
final class Mailbox: Sendable {
    let waker = Waker()
    private let mailbox = MessageQueue<Letter>()
    private let mail = Atomic<Bool>(false)

    /// Whether there may be letters.
    ///
    /// Costs one load; asked before each poll.
    var hasMail: Bool { mail.load(ordering: .acquiring) }

    /// What happened, and the number of the worker that says so; nil: it is about no shard.
    struct Letter: Sendable {
        let sender: Int?
        let transportEvent: TransportEvent
    }

    func callAsFunction(_ transportEvent: TransportEvent) { send(transportEvent, from: nil) }

    func send(_ transportEvent: TransportEvent, from sender: Int?) {
        mailbox.post(Letter(sender: sender, transportEvent: transportEvent))
        mail.store(true, ordering: .releasing)
        waker.wake()
    }

    func take(waitMilliseconds: Int32) -> [Letter] {
        mail.store(false, ordering: .releasing)
        return mailbox.take(waitMilliseconds: waitMilliseconds)
    }

    /// The consumer's waker, once there is a consumer.
    final class Waker: Sendable {
        private let waker = Mutex<KafkaWaker?>(nil)
        func set(_ new: KafkaWaker) { waker.withLock { $0 = new } }
        func wake() { waker.withLock { $0 }?.wake() }
    }
}
