package import KafkaTransport

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
