internal import CRDKafka

/// A librdkafka handle with its callbacks.
///
/// Owned by one thread, like everything that holds one. Creating it connects to nothing yet.
@safe final class Client {
    enum Kind {
        case consumer, producer

        fileprivate var native: rd_kafka_type_t {
            self == .consumer ? RD_KAFKA_CONSUMER : RD_KAFKA_PRODUCER
        }
    }

    let context: CallbackContext
    /// nil once closed.
    private(set) var handle: OpaquePointer?

    /// - Throws: ``KafkaError`` with the reaction `badSettings`.
    init(_ kind: Kind, _ settings: KafkaSettings, log: KafkaLog) throws(KafkaError) {
        context = CallbackContext(log: log)
        let configuration = unsafe try settings.makeConfiguration()
        unsafe installCallbacks(on: configuration, context, kind)
        var reason = [CChar](repeating: 0, count: 512)
        unsafe handle = rd_kafka_new(kind.native, configuration, &reason, reason.count)
        guard unsafe handle == nil else { return }
        unsafe rd_kafka_conf_destroy(configuration)  // a handle would have taken it over
        throw KafkaError(
            code: RD_KAFKA_RESP_ERR__INVALID_ARG.rawValue,
            message: String(
                decoding: reason.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
                as: UTF8.self
            ),
            reaction: .badSettings,
            attempted: "creating a Kafka client"
        )
    }

    deinit { close() }

    /// The handle of a client that must be open.
    var open: OpaquePointer {
        guard let handle = unsafe handle else { preconditionFailure("the Kafka client is closed") }
        return unsafe handle
    }

    /// Destroys the handle; a consumer leaves without a word to the group.
    ///
    /// Everything made from the handle must have been destroyed before. Threads of librdkafka are
    /// waited for, so after this no callback runs.
    func close() {
        guard let handle = unsafe handle else { return }
        unsafe rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
        unsafe self.handle = nil
    }

    /// Throws what a call gave back, if it gave an error object.
    @safe func check(
        _ error: OpaquePointer?,
        _ attempted: @autoclosure () -> String
    ) throws(KafkaError) {
        guard let error = unsafe error else { return }
        throw unsafe KafkaError(taking: error, of: open, attempted: attempted())
    }

    /// Throws what a call gave back, if it gave a code other than success.
    func check(
        _ code: rd_kafka_resp_err_t,
        _ attempted: @autoclosure () -> String
    ) throws(KafkaError) {
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
        throw unsafe KafkaError(code, of: open, attempted: attempted())
    }
}
