package import KafkaTransport
internal import OpinionMatching
internal import OpinionWire

/// The thread that asks the brokers questions: are the topics there, what is the roster, where do
/// the inputs end.
///
/// Asking blocks, and the loop must not.
final class BrokerQueries: Sendable {
    enum Order: Sendable {
        case begin
        case ends([TopicPartition], askedAt: Moment)
        case close
    }

    private let thread: OrderThread<Order>

    init(
        _ site: KafkaSite,
        _ watches: HangWatchdog.Watches,
        post: @escaping @Sendable (TransportEvent) -> Void
    ) {
        thread = OrderThread(.brokerQueries, last: .close, watches) { orders, watch in
            BrokerQueryHandler(site, watch, post: post).work(orders)
        }
    }

    func order(_ order: Order) { thread.order(order) }

    func close(waitSeconds: Double) { thread.close(waitSeconds: waitSeconds) }
}

extension KafkaError {
    /// Whether the daemon must stop for it, and how; nil: it is tried again.
    package var stop: Stop? {
        switch reaction {
        case .badSettings: Stop(.badSettings, description)
        case .unauthorised: Stop(.unauthorised, description)
        case .fenced: Stop(.fenced, "another instance has our name or shards: \(description)")
        case .restart: Stop(.tryAgain, description)
        case .dataLoss:
            Stop(
                .stateMismatch,
                "unread records are gone: \(description)",
                remedy: "opiniond check says whether it is another log, and then how to "
                    + "accept it; see Operating, State lost or damaged"
            )
        case .retry, .abort: nil
        }
    }
}
