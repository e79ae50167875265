internal import KafkaTransport
internal import OpinionService
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
    ///   - passages: What to read; of a topic that doesn't exist nothing, unless none does.
    ///   - take: Takes each record that was committed, in the order of its partition.
    /// - Throws: ``KafkaError`` when the brokers can't be asked, or reading fails.
    func run(_ passages: [TopicSlice], _ take: (Record) -> Void) throws(KafkaError) {
        let reader = try site.outspoken.reader(.readCommitted)
        defer { reader.close() }
        let counts = try counts(of: passages.map(\.topic), reader)
        try read(try ranges(of: passages, counts, reader), reader, take)
        for passage in passages {
            guard case .records(let spots) = passage.part, counts[passage.topic] != nil
            else { continue }
            for spot in spots {
                let place = TopicPartition(site.name(passage.topic), spot.partition)
                try read([place: spot.offset..<(spot.offset + 1)], reader, take)
            }
        }
    }

    private func read(
        _ wanted: [TopicPartition: Range<Int64>],
        _ reader: PartitionReader,
        _ take: (Record) -> Void
    ) throws(KafkaError) {
        guard !wanted.isEmpty else { return }
        var ranges = wanted
        try reader.assign(ranges.map { ($0.key, $0.value.lowerBound) })
        let count = ranges.values.reduce(0) { $0 + Int64($1.count) }
        var read: Int64 = 0
        while !ranges.isEmpty {
            switch reader.poll(timeoutMilliseconds: 1_000) {
            case .record(let record):
                read += 1
                if read % Self.progressEvery == 0 { progress(read, count) }
                let place = TopicPartition(record.topic, record.partition)
                guard let range = ranges[place] else { continue }
                if range.contains(record.offset) { take(record) }
                if record.offset + 1 >= range.upperBound { ranges[place] = nil }
            case .endOfPartition(let place, _): ranges[place] = nil
            // The record was deleted meanwhile, or never was: somebody else's word named it.
            case .failure(let error) where error.isOutOfRange && count == 1: ranges = [:]
            case .failure(let error) where error.reaction != .retry: throw error
            case .failure, .assigned, .revoked, .statistics, nil: break
            }
        }
    }

    /// Partitions by topic, the names without prefix; topics that aren't there are missing.
    private func counts(
        of topics: [String],
        _ reader: PartitionReader
    ) throws(KafkaError) -> [String: Int] {
        var counts: [String: Int] = [:]
        for topic in Set(topics).sorted() {
            let shape = try reader.firstShape(
                of: site.name(topic),
                timeoutMilliseconds: timeoutMilliseconds
            )
            counts[topic] = shape?.partitions
        }
        if counts.isEmpty { throw Self.missing(topics.map(site.name)) }
        return counts
    }

    private func ranges(
        of passages: [TopicSlice],
        _ counts: [String: Int],
        _ reader: PartitionReader
    ) throws(KafkaError) -> [TopicPartition: Range<Int64>] {
        let places = passages.flatMap { passage in
            passage.partitions(of: counts[passage.topic] ?? 0)
                .map { TopicPartition(site.name(passage.topic), $0) }
        }
        let bounds = try reader.bounds(of: places, timeoutMilliseconds: timeoutMilliseconds)
        return bounds.filter { !$0.value.isEmpty }
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

extension KafkaError {
    /// Whether there is no record at an offset.
    fileprivate var isOutOfRange: Bool { reaction == .dataLoss }
}
