/// A Kafka record as it was received, copied out of the client library's memory.
///
/// - Complexity: two allocations a record, one for the key and one for the value; one more for
///   the headers when there are any.
package struct Record: Hashable, Sendable {
    package var topic: String
    package var partition: Int32
    package var offset: Int64
    /// Milliseconds since 1970, UTC; the producer's or the broker's by the topic's setting; −1: none.
    package var timestamp: Int64
    package var key: [UInt8]?
    /// The bytes of the value; nil is a tombstone.
    package var value: [UInt8]?
    package var headers: [Header]
    /// Whether ``timestamp`` is when the broker wrote it (`message.timestamp.type=LogAppendTime`).
    package var isTimedByBroker: Bool

    package init(
        topic: String,
        partition: Int32,
        offset: Int64,
        timestamp: Int64,
        key: [UInt8]?,
        value: [UInt8]?,
        headers: [Header] = [],
        isTimedByBroker: Bool = false
    ) {
        self.topic = topic
        self.partition = partition
        self.offset = offset
        self.timestamp = timestamp
        self.key = key
        self.value = value
        self.headers = headers
        self.isTimedByBroker = isTimedByBroker
    }
}

extension Record {
    /// When it was sent, in milliseconds since 1970, if that is a time that an event could state itself.
    ///
    /// Whoever sends a record may set its timestamp to any 64 bits.
    var sentAt: Int64? { (0...Timestamp.latest).contains(timestamp) ? timestamp : nil }

    /// Bytes of its key, value and headers, as brokers and librdkafka count them against their limits.
    package var byteCount: Int { nameBytes + (value?.count ?? 0) }

    /// Bytes of its key and headers.
    package var nameBytes: Int {
        headers.reduce(key?.count ?? 0) { $0 + $1.byteCount }
    }
}

/// A header of a Kafka record.
///
/// Names may repeat; order is kept.
package struct Header: Hashable, Sendable {
    package var name: String
    package var value: [UInt8]?

    package init(_ name: String, _ value: [UInt8]?) {
        self.name = name
        self.value = value
    }

    /// The last header of a record that was forwarded: the place where it came in first.
    package static let forwarded = "opiniond-forwarded"

    var byteCount: Int { name.utf8.count + (value?.count ?? 0) }

    /// Whether it can be ours: a name of a topic has 249 bytes at most.
    var tellsOrigin: Bool { name == Self.forwarded && byteCount <= 300 }
}

/// A partition of a topic.
package struct TopicPartition: Hashable, Sendable {
    package var topic: String
    package var partition: Int32

    package init(_ topic: String, _ partition: Int32) {
        self.topic = topic
        self.partition = partition
    }
}
