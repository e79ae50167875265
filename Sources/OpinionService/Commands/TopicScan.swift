internal import KafkaTransport
internal import OpinionWire

/// Reads topics from their beginning to where they end now.
struct TopicScan {
    let site: KafkaSite
    /// How long one question to the brokers may take.
    let timeoutMilliseconds: Int32
    /// Told now and then how many records were read of how many.
    let progress: (_ read: Int64, _ of: Int64) -> Void

    /// Records between two words of progress.
    static let progressEvery: Int64 = 50_000

    /// - Parameters:
    ///   - topics: Without prefix; one that doesn't exist is passed over, unless none does.
    ///   - take: Takes each record that was committed, in the order of its partition.
    /// - Throws: ``KafkaError`` when the brokers can't be asked, or reading fails.
    func run(_ topics: [String], _ take: (Record) -> Void) throws(KafkaError) {
        let reader = try site.outspoken.reader(.readCommitted)
        defer { reader.close() }
        var ranges = try ranges(of: topics.map(site.name), reader)
        try reader.assign(ranges.map { ($0.key, $0.value.lowerBound) })
        let count = ranges.values.reduce(0) { $0 + Int64($1.count) }
        var read: Int64 = 0
        while !ranges.isEmpty {
            switch reader.poll(timeoutMilliseconds: 1_000) {
            case .record(let record):
                read += 1
                if read % Self.progressEvery == 0 { progress(read, count) }
                let place = TopicPartition(record.topic, record.partition)
                guard let range = ranges[place], range.contains(record.offset) else { continue }
                take(record)
                if record.offset + 1 >= range.upperBound { ranges[place] = nil }
            case .endOfPartition(let place, _): ranges[place] = nil
            case .failure(let error) where error.reaction != .retry: throw error
            case .failure, .assigned, .revoked, .statistics, nil: break
            }
        }
    }

    private func ranges(
        of topics: [String],
        _ reader: PartitionReader
    ) throws(KafkaError) -> [TopicPartition: Range<Int64>] {
        var counts: [String: Int] = [:]
        for topic in topics {
            let shape = try reader.firstShape(of: topic, timeoutMilliseconds: timeoutMilliseconds)
            counts[topic] = shape?.partitions
        }
        if counts.isEmpty { throw Self.missing(topics) }
        var ranges: [TopicPartition: Range<Int64>] = [:]
        for (topic, count) in counts {
            for number in 0..<Int32(count) {
                let place = TopicPartition(topic, number)
                let (low, high) = try reader.watermarks(
                    of: place,
                    timeoutMilliseconds: timeoutMilliseconds
                )
                if low < high { ranges[place] = low..<high }
            }
        }
        return ranges
    }

    private static func missing(_ topics: [String]) -> KafkaError {
        KafkaError(
            // UNKNOWN_TOPIC_OR_PART
            code: 3,
            message: "not there; see kafka.topicPrefix and `opinionctl topics verify`",
            reaction: .badSettings,
            attempted: "reading \(topics.joined(separator: ", "))"
        )
    }
}
