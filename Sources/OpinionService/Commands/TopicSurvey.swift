internal import KafkaTransport
internal import OpinionWire

/// Asks the brokers about our topics, writing nothing.
final class TopicSurvey {
    /// How long one more question may take once they have answered.
    private static let questionMilliseconds: Int32 = 3_000

    private let site: KafkaSite
    private let reader: PartitionReader
    private let timeoutMilliseconds: Int32
    private var isAnswered = true
    private var unseenCount = 0

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
            return try reader.partitionCounts(
                of: [topic],
                timeoutMilliseconds: timeoutMilliseconds
            )[topic]
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

    /// What to look at by hand, because it couldn't be seen; nil: nothing.
    var unseen: String? {
        guard 0 < unseenCount else { return nil }
        let compacted = TopicRole.all.filter(\.isCompacted).map { site.name($0.topic) }
        return "cleanup.policy of \(unseenCount) topics: must be compact for "
            + "\(compacted.joined(separator: " and ")), delete for the others"
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

    /// The topic's cleanup policy; nil when we may not ask, or nobody answers, which isn't needed.
    ///
    /// Brokers that left one such question unanswered aren't asked another.
    func cleanupPolicy(of topic: String) -> String? {
        guard isAnswered else {
            unseenCount += 1
            return nil
        }
        do throws(KafkaError) {
            return try Administration(
                settings: .administration(user: site.properties),
                log: site.log
            ).describeConfiguration(
                of: topic,
                timeoutMilliseconds: Self.questionMilliseconds
            )["cleanup.policy"]
        } catch {
            isAnswered = error.reaction == .unauthorised
            unseenCount += 1
            return nil
        }
    }
}
