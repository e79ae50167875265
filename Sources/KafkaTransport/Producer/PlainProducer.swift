internal import CRDKafka
package import OpinionWire

/// An idempotent producer without transactions, for tools and demonstrations.
///
/// One thread creates and uses it.
package final class PlainProducer {
    private let client: Client
    private var topics = ProducerTopics()
    private let writer = RecordWriter()

    /// How long ``send(topic:partition:key:value:headers:timestamp:)`` waits for a full queue to
    /// drain: polls of 10 ms each.
    private static let queueFullPollsMax = 3_000

    /// - Throws: ``KafkaError``, with the reaction `badSettings` when the settings are wrong.
    package init(settings: KafkaSettings, log: KafkaLog) throws(KafkaError) {
        client = try Client(.producer, settings, log: log)
    }

    deinit { close() }

    /// Queues one record; it is copied.
    ///
    /// Without a partition the key chooses, as Java's clients do; without a value it is a tombstone.
    /// The timestamp is in milliseconds since 1970; nil is now.
    ///
    /// - Throws: ``KafkaError``.
    package func send(
        topic: String,
        partition: Int32? = nil,
        key: [UInt8]?,
        value: [UInt8]?,
        headers: [Header] = [],
        timestamp: Int64? = nil
    ) throws(KafkaError) {
        let index = try topics.index(of: topic, client)
        let error = unsafe withBytes(key) { key in
            unsafe withBytes(value) { value in
                unsafe send(
                    RecordWriter.Message(
                        topic: topics.handles[index],
                        partition: partition ?? RD_KAFKA_PARTITION_UA,
                        key: key,
                        value: value,
                        headers: headers,
                        timestamp: timestamp
                    )
                )
            }
        }
        if let error { throw error }
    }

    /// Waits until all has been delivered.
    ///
    /// - Throws: ``KafkaError``: the time is up, or the first record since the last flush that
    ///   could not be delivered.
    package func flush(timeoutMilliseconds: Int32) throws(KafkaError) {
        try client.check(unsafe rd_kafka_flush(client.open, timeoutMilliseconds), "flushing")
        guard let failure = client.context.deliveryFailure else { return }
        client.context.beginTransaction()
        throw failure
    }

    /// Destroys the handle; what has not been flushed is dropped.
    package func close() {
        guard unsafe client.handle != nil else { return }
        _ = unsafe rd_kafka_purge(client.open, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
        topics.close()
        client.close()
    }

    private func send(_ message: RecordWriter.Message) -> KafkaError? {
        for _ in 0..<Self.queueFullPollsMax {
            _ = unsafe rd_kafka_poll(client.open, 0)
            guard let error = unsafe writer.write(message, client.open) else { return nil }
            guard unsafe rd_kafka_error_code(error) == RD_KAFKA_RESP_ERR__QUEUE_FULL else {
                return unsafe KafkaError(taking: error, of: client.open, attempted: "producing")
            }
            unsafe rd_kafka_error_destroy(error)
            _ = unsafe rd_kafka_poll(client.open, 10)
        }
        return KafkaError(RD_KAFKA_RESP_ERR__QUEUE_FULL, attempted: "producing")
    }
}

private func withBytes<Result>(
    _ bytes: [UInt8]?,
    _ body: (UnsafeRawBufferPointer?) -> Result
) -> Result {
    guard let bytes else { return body(nil) }
    return unsafe bytes.withUnsafeBytes { unsafe body($0) }
}
