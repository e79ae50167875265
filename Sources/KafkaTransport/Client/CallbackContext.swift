internal import CRDKafka
internal import OpinionWire
internal import Synchronization

/// What librdkafka's callbacks leave for the owner of a client handle.
///
/// Callbacks decide nothing: each writes down what it was told, and the owner reads it after the
/// call that served it. All run on the thread that polls (or commits), but for two: the log
/// callback and the request interceptor run on librdkafka's threads, and touch only `log` and
/// `endTransactionSends`, which are safe there.
final class CallbackContext {
    /// More unread events than this are a mistake of ours, or a storm of errors: the oldest go.
    static let eventsMax = 1_000

    let log: KafkaLog
    /// EndTxn requests written to a socket in the present transaction, resends included.
    let endTransactionSends = Atomic<Int>(0)
    /// The first record that could not be delivered in the present transaction.
    private(set) var deliveryFailure: KafkaError?
    /// The topic of which delivery reports are looked at, by librdkafka's handle.
    var markedTopic: UInt = 0
    /// The last offset at which a record of that topic was acknowledged; −1: none was.
    var markedOffset: Int64 = -1
    /// A rebalance whose assign or unassign has not been called yet.
    var isRebalanceOpen = false
    private var events: [Polled] = []
    private var next = 0

    init(log: KafkaLog) {
        self.log = log
    }

    /// Takes the oldest event out.
    func nextEvent() -> Polled? {
        guard next < events.count else { return nil }
        let event = events[next]
        next += 1
        if next == events.count {
            events.removeAll(keepingCapacity: true)
            next = 0
        }
        return event
    }

    func append(_ event: Polled) {
        if Self.eventsMax <= events.count {
            // Rebalances must not be lost: only what merely informs makes room.
            events = events[next...].filter(\.isRebalance)
            next = 0
        }
        events.append(event)
    }

    func recordDelivery(_ failure: KafkaError) {
        if deliveryFailure == nil { deliveryFailure = failure }
    }

    /// Forgets what belongs to the last transaction.
    func beginTransaction() {
        endTransactionSends.store(0, ordering: .relaxed)
        deliveryFailure = nil
    }
}

extension Polled {
    fileprivate var isRebalance: Bool {
        switch self {
        case .assigned, .revoked: true
        case .record, .endOfPartition, .statistics, .failure: false
        }
    }
}
