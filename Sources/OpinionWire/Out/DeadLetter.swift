package import OpinionFlow
internal import OpinionMatching

// Records that are passed on as they are, with a word of why.
extension EventWriter {
    /// Bytes of a record that is passed on at most, key and headers counted; a larger one goes without its
    /// value, with its SHA-256 instead, and without key and headers if these alone are too large.
    ///
    /// Below the 1,000,000 that librdkafka sends by default: what could not be sent would stop the daemon.
    package static let deadLetterBytesMax = 900_000

    /// Writes a record to the dead letters: key, value and headers as received.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - refusal: Why.
    ///   - digest: SHA-256 in hexadecimal of the value of a record that is too large to be passed on; else
    ///     nil.
    ///   - most: Bytes of key and headers with which they are passed on.
    ///   - batch: Takes the dead letter.
    package func writeDeadLetter(
        _ record: Record,
        _ refusal: Refusal,
        digest: String? = nil,
        most: Int = EventWriter.deadLetterBytesMax,
        into batch: inout RecordBatch
    ) {
        var about: [(String, String)] = [
            ("reason", refusal.reason.rawValue), ("pointer", refusal.pointer),
            ("topic", record.topic), ("partition", String(record.partition)),
            ("offset", String(record.offset)), ("timestamp", String(record.timestamp)),
        ]
        if let ineligibility = refusal.ineligibility { about.append(("rule", ineligibility.name)) }
        if let suggestion = refusal.suggestion { about.append(("suggestion", suggestion)) }
        var record = record
        if digest != nil { record.value = nil }
        if record.nameBytes > most { (record.key, record.headers) = (nil, []) }
        var headers = record.headers
        headers += about.map { Header("opiniond-dlq-\($0.0)", Array($0.1.utf8)) }
        if let digest { headers.append(Header(digest: digest)) }
        copy(record, to: .deadLetters, nil, headers, into: &batch)
    }

    /// Forwards a valid record to the partition of the same topic where its network lives.
    ///
    /// Its timestamp goes with it: it is the time of an event that states none.
    package func writeForwarded(
        _ record: Record,
        to partition: Int32,
        of topic: OutTopic,
        into batch: inout RecordBatch
    ) {
        let place = "\(record.topic)/\(record.partition)/\(record.offset)"
        let headers = record.headers + [Header(Header.forwarded, Array(place.utf8))]
        copy(record, to: topic, partition, headers, sentAt: record.sentAt, into: &batch)
    }

    private func copy(
        _ record: Record,
        to topic: OutTopic,
        _ partition: Int32?,
        _ headers: [Header],
        sentAt: Int64? = nil,
        into batch: inout RecordBatch
    ) {
        batch.entries.append(
            RecordBatch.Entry(
                topic: topic.rawValue,
                partition: partition,
                key: batch.append(record.key),
                value: batch.append(record.value),
                headers: headers,
                timestamp: sentAt
            )
        )
    }
}

extension Header {
    /// What stands for the value of a record that was too large to be passed on.
    fileprivate init(digest: String) { self.init("opiniond-dlq-sha256", Array(digest.utf8)) }
}

extension RecordBatch {
    /// Bytes of the largest dead letter that still has something to leave out; nil: none has.
    package var largestDeadLetter: Int? {
        entries.filter { $0.topic == OutTopic.deadLetters.rawValue && $0.hasBody }
            .map(\.byteCount).max()
    }

    /// Leaves out the values of dead letters that are larger, and the keys and headers they came with where these
    /// alone are.
    ///
    /// - Parameters:
    ///   - limit: Bytes.
    ///   - digest: SHA-256 in hexadecimal.
    package mutating func shrinkDeadLetters(
        to limit: Int,
        digest: (ArraySlice<UInt8>) -> String
    ) {
        for index in entries.indices
        where entries[index].topic == OutTopic.deadLetters.rawValue
            && entries[index].byteCount > limit
        {
            if let value = entries[index].value {
                entries[index].headers.append(Header(digest: digest(bytes[value])))
                entries[index].value = nil
            }
            guard entries[index].byteCount > limit else { continue }
            entries[index].key = nil
            entries[index].headers.removeAll { !$0.name.hasPrefix("opiniond-dlq-") }
        }
    }
}

extension RecordBatch.Entry {
    fileprivate var hasBody: Bool {
        value != nil || key != nil || !headers.allSatisfy { $0.name.hasPrefix("opiniond-dlq-") }
    }

    fileprivate var byteCount: Int {
        headers.reduce((key?.count ?? 0) + (value?.count ?? 0)) { $0 + $1.byteCount }
    }
}
