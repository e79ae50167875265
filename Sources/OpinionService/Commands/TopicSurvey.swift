internal import KafkaTransport
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
        reader = try site.reader(.readCommitted)
    }

    func close() { reader.close() }

    /// How many partitions a topic has; nil: there is no such topic.
    ///
    /// - Throws: ``KafkaError``. A log-in that was refused is told as such, where the client library
    ///   only says that no broker was to be reached.
    func partitionCount(of topic: String) throws(KafkaError) -> Int? {
        do throws(KafkaError) {
            let shape = try reader.shape(of: topic, timeoutMilliseconds: timeoutMilliseconds)
            shapes[topic] = shape
            return shape?.partitions
        } catch {
            throw refusal() ?? error
        }
    }

    /// The last refusal among what the client library left for us to poll.
    private func refusal() -> KafkaError? {
        for _ in 0..<100 {
            guard case .failure(let error)? = reader.poll(timeoutMilliseconds: 0) else { continue }
            if error.reaction == .unauthorised { return error }
        }
        return nil
    }

    /// Whether the group may be used, by asking for an offset of it.
    func checkGroup() throws(KafkaError) {
        _ = try reader.committed(
            [TopicPartition(site.inputs[0], 0)],
            timeoutMilliseconds: Self.questionMilliseconds
        )
    }

    /// Whether a topic may be read, by waiting at its end.
    ///
    /// - Throws: ``KafkaError`` when it may not; nothing when it can't be told in time.
    func checkReading(_ topic: String) throws(KafkaError) {
        let partition = TopicPartition(topic, 0)
        let end = try reader.watermarks(
            of: partition,
            timeoutMilliseconds: Self.questionMilliseconds
        ).high
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
