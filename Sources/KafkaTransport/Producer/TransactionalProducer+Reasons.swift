internal import CRDKafka

/// Why a transaction broke, where librdkafka's first answer does not say.
extension TransactionalProducer {
    /// The reason behind "erroneous state", which is all sendOffsets says when the transaction has
    /// just failed in the background (a record was refused, say).
    ///
    /// Beginning a transaction within one always fails, and with the reason.
    func broken(_ error: KafkaError) -> KafkaError {
        guard error.code == RD_KAFKA_RESP_ERR__STATE.rawValue, error.reaction == .abort,
            let reason = unsafe rd_kafka_begin_transaction(client.open)
        else { return error }
        return unsafe KafkaError(taking: reason, of: client.open, attempted: error.attempted)
    }
}

extension KafkaError {
    /// The reason behind `_INCONSISTENT`, which only says that something was not delivered.
    func explained(by delivery: KafkaError?) -> KafkaError {
        guard code == RD_KAFKA_RESP_ERR__INCONSISTENT.rawValue, var delivery else { return self }
        switch delivery.reaction {
        case .fenced, .unauthorised, .badSettings: break
        case .retry, .abort, .restart, .dataLoss: delivery.reaction = .abort
        }
        return delivery
    }
}
