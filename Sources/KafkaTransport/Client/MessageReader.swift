internal import CRDKafka
internal import OpinionWire

/// Copies librdkafka's messages into records.
///
/// Topic names are compared with the few seen so far, so that records of one topic share one
/// String. Comparing the bytes costs a few nanoseconds more than comparing librdkafka's topic
/// pointer and stays right when a pointer is used again for another topic.
@safe struct MessageReader {
    private var topics: [(bytes: ContiguousArray<CChar>, name: String)] = []

    /// A record, the end of a partition, or an error about one.
    mutating func read(
        _ message: UnsafeMutablePointer<rd_kafka_message_t>,
        of client: OpaquePointer
    ) -> Polled {
        let partition = unsafe message.pointee.partition
        let offset = unsafe message.pointee.offset
        switch unsafe message.pointee.err {
        case RD_KAFKA_RESP_ERR_NO_ERROR:
            return unsafe .record(record(message))
        case RD_KAFKA_RESP_ERR__PARTITION_EOF:
            let shard = unsafe TopicPartition(topic(of: message), partition)
            return .endOfPartition(shard, offset: offset)
        case let code:
            let place = unsafe topic(of: message)
            let attempted = place.isEmpty ? "consuming" : "consuming \(place)/\(partition)"
            return unsafe .failure(KafkaError(code, of: client, attempted: attempted))
        }
    }

    private mutating func record(_ message: UnsafeMutablePointer<rd_kafka_message_t>) -> Record {
        let (timestamp, isTimedByBroker) = unsafe timestamp(of: message)
        return Record(
            topic: unsafe topic(of: message),
            partition: unsafe message.pointee.partition,
            offset: unsafe message.pointee.offset,
            timestamp: timestamp,
            key: unsafe bytes(message.pointee.key, message.pointee.key_len),
            value: unsafe bytes(message.pointee.payload, message.pointee.len),
            headers: unsafe headers(of: message),
            isTimedByBroker: isTimedByBroker
        )
    }

    private mutating func topic(of message: UnsafeMutablePointer<rd_kafka_message_t>) -> String {
        guard let handle = unsafe message.pointee.rkt, let name = unsafe rd_kafka_topic_name(handle)
        else { return "" }
        for known in topics where unsafe known.bytes.isCString(name) { return known.name }
        let text = unsafe String(cString: name)
        topics.append((text.utf8CString, text))
        return text
    }

    private func timestamp(
        of message: UnsafeMutablePointer<rd_kafka_message_t>
    ) -> (milliseconds: Int64, isByBroker: Bool) {
        var kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
        let timestamp = unsafe rd_kafka_message_timestamp(message, &kind)
        guard kind != RD_KAFKA_TIMESTAMP_NOT_AVAILABLE else { return (-1, false) }
        return (timestamp, kind == RD_KAFKA_TIMESTAMP_LOG_APPEND_TIME)
    }

    private func headers(of message: UnsafeMutablePointer<rd_kafka_message_t>) -> [Header] {
        var list: OpaquePointer?
        guard unsafe rd_kafka_message_headers(message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR
        else { return [] }
        return (0..<(unsafe rd_kafka_header_cnt(list))).map { unsafe header(at: $0, in: list) }
    }

    private func header(at index: Int, in list: OpaquePointer?) -> Header {
        var name: UnsafePointer<CChar>?
        var value: UnsafeRawPointer?
        var count = 0
        guard
            unsafe rd_kafka_header_get_all(list, index, &name, &value, &count)
                == RD_KAFKA_RESP_ERR_NO_ERROR, let name = unsafe name
        else { preconditionFailure("header \(index) is missing") }
        return Header(unsafe String(cString: name), unsafe bytes(value, count))
    }

    private func bytes(_ start: UnsafeRawPointer?, _ count: Int) -> [UInt8]? {
        guard let start = unsafe start else { return nil }
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }
}

extension ContiguousArray<CChar> {
    /// Whether these bytes, which end in a NUL, are the C string.
    fileprivate func isCString(_ text: UnsafePointer<CChar>) -> Bool {
        var index = 0
        while index < count, unsafe text[index] == self[index] {
            if self[index] == 0 { return true }
            index += 1
        }
        return false
    }
}
