internal import KafkaTransport
internal import OpinionService
internal import OpinionWire

/// Asks the brokers about our topics, writing nothing.
final class TopicSurvey {
    /// How long one more question may take once they have answered.
    private static let questionMilliseconds: Int32 = 3_000

    private let site: KafkaSite
    private let reader: PartitionReader
    private let timeoutMilliseconds: Int32
    /// The topics that were found so far.
    private var shapes: [String: TopicShape] = [:]
    init(_ site: KafkaSite, timeoutMilliseconds: Int32) throws(KafkaError) {
        self.site = site
        self.timeoutMilliseconds = timeoutMilliseconds
        reader = try site.outspoken.reader(.readCommitted)
    }

    func close() { reader.close() }

    /// How many partitions a topic has; nil: there is no such topic.
    func partitionCount(of topic: String) throws(KafkaError) -> Int? {
        let shape = try reader.firstShape(of: topic, timeoutMilliseconds: timeoutMilliseconds)
        shapes[topic] = shape
        return shape?.partitions
    }

    /// Records ever written to some partitions, markers of transactions counted.
    func recordCount(of places: [TopicPartition]) throws(KafkaError) -> Int64 {
        try patiently { () throws(KafkaError) in
            try reader.ends(of: places, timeoutMilliseconds: Self.questionMilliseconds)
                .values.reduce(0, +)
        }
    }

    /// Whether the group may be used, by asking for an offset of it.
    func checkGroup() throws(KafkaError) {
        try patiently { () throws(KafkaError) in
            _ = try reader.committed(
                [TopicPartition(site.inputs[0], 0)],
                timeoutMilliseconds: Self.questionMilliseconds
            )
        }
    }

    /// Whether a topic may be read, by waiting at its end.
    ///
    /// - Throws: ``KafkaError`` when it may not; nothing when it can't be told in time.
    func checkReading(_ topic: String) throws(KafkaError) {
        let partition = TopicPartition(topic, 0)
        let end = try patiently { () throws(KafkaError) in
            try reader.watermarks(of: partition, timeoutMilliseconds: Self.questionMilliseconds)
                .high
        }
        try reader.assign([(partition, end)])
        for _ in 0..<(Self.questionMilliseconds / 100) {
            switch reader.poll(timeoutMilliseconds: 100) {
            case .endOfPartition, .record: return
            case .failure(let error) where error.reaction == .unauthorised: throw error
            case .failure, .assigned, .revoked, .statistics, nil: break
            }
        }
    }

    /// How the topics are set up that were found so far, as far as the brokers tell.
    func settings() -> TopicLook {
        TopicLook.take(
            site,
            replicas: shapes.mapValues(\.replicas),
            timeoutMilliseconds: Self.questionMilliseconds
        )
    }
}
