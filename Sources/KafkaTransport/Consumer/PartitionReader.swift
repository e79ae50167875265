internal import CRDKafka
package import OpinionWire

/// A consumer that reads the partitions it is told to, outside any group.
///
/// Reads state and roster back, and answers what the restore must know: watermarks, committed
/// offsets, numbers of partitions. One thread creates and uses it; only ``waker`` may go elsewhere.
package final class PartitionReader {
    package enum Isolation: String, Sendable {
        /// Hides what was aborted or is still open; ends at the last stable offset.
        case readCommitted = "read_committed"
        /// Sees everything; its high watermark counts open transactions too, as a restore's goal
        /// must (KAFKA-10167).
        case readUncommitted = "read_uncommitted"
    }

    /// An offset that stands for the oldest record there is.
    package static let beginning = Int64(RD_KAFKA_OFFSET_BEGINNING)

    package let waker: KafkaWaker
    let client: Client
    private var reader = MessageReader()
    /// Topics whose leaders this client has asked for.
    private var known: Set<String> = []

    /// - Throws: ``KafkaError``, with the reaction `badSettings` when the settings are wrong.
    package init(
        settings: KafkaSettings,
        isolation: Isolation,
        log: KafkaLog
    ) throws(KafkaError) {
        var settings = settings
        settings.properties.append(("isolation.level", isolation.rawValue))
        client = try Client(.consumer, settings, log: log)
        unsafe waker = KafkaWaker(consumer: client.open)
        unsafe rd_kafka_poll_set_consumer(client.open)
    }

    deinit { close() }

    /// Reads these partitions from these offsets, and no others; ``beginning`` is an offset too.
    ///
    /// Who leads them is asked first, once a topic: librdkafka by itself looks for the leader of a topic it doesn't know
    /// when its clock strikes the next second, and reads nothing until then.
    package func assign(_ positions: [(TopicPartition, Int64)]) throws(KafkaError) {
        for topic in Set(positions.map(\.0.topic)).subtracting(known).sorted() {
            _ = try client.shape(of: topic, Self.leaderMilliseconds)
            known.insert(topic)
        }
        try client.assign(PartitionList(positions), "assigning partitions")
    }

    /// How long the brokers may take to say who leads a topic.
    private static let leaderMilliseconds: Int32 = 10_000

    /// The next record, end of a partition, statistics or failure; nil after the time is up.
    ///
    /// A time-out of 0 takes only what is there; −1 waits for ever.
    package func poll(timeoutMilliseconds: Int32) -> Polled? {
        if let event = client.context.nextEvent() { return event }
        guard let message = unsafe rd_kafka_consumer_poll(client.open, timeoutMilliseconds)
        else { return client.context.nextEvent() }
        defer { unsafe rd_kafka_message_destroy(message) }
        return unsafe reader.read(message, of: client.open)
    }

    package func close() {
        guard unsafe client.handle != nil else { return }
        waker.close()
        client.close()
    }
}
