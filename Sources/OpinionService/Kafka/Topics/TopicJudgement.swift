internal import OpinionWire

/// What is not right about how the topics are set up.
///
/// What was not seen is not judged: the right to describe a topic's settings isn't needed to run.
package enum TopicJudgement {
    /// - Parameters:
    ///   - topics: All topics that are there.
    ///   - needs: How large what we write may get.
    /// - Returns: Topic by topic, in the order given; what refuses a start first.
    package static func findings(_ topics: [TopicSettings], _ needs: TopicNeeds) -> [TopicFinding] {
        let largest = topics.filter(\.role.isInput)
            .compactMap { topic in topic.messageBytesMax.map { (topic.name, $0) } }
            .max { $0.1 < $1.1 }
        let found = topics.flatMap { topic in
            [
                cleanup(topic), fit(topic, needs), largest.flatMap { passing(topic, from: $0) },
                retention(topic), retentionBytes(topic), insync(topic), replication(topic),
                leaders(topic), segments(topic), timestamps(topic),
            ].compactMap { $0 }
        }
        return found.filter { $0.severity == .refuse } + found.filter { $0.severity == .warn }
    }

    /// A state that is deleted by age is lost work; a profile is a specialist at the next start.
    private static func cleanup(_ topic: TopicSettings) -> TopicFinding? {
        let key = "cleanup.policy"
        guard let value = topic.properties[key], let advice = topic.role.objection(to: value)
        else { return nil }
        let severity = topic.role.topic == Topic.state ? TopicFinding.Severity.refuse : .warn
        return TopicFinding(severity, topic.name, key, value, advice)
    }

    // MARK: Sizes

    /// Whether what we write fits: a transaction that doesn't is sent again for ever.
    private static func fit(_ topic: TopicSettings, _ needs: TopicNeeds) -> TopicFinding? {
        guard let limit = topic.messageBytesMax, topic.role.isWritten else { return nil }
        let (key, value) = ("max.message.bytes", String(limit))
        if let most = topic.role.recordBytesMax(needs), limit < most {
            let isHopeless = limit < topic.role.recordBytesMin
            let advice =
                "a record of ours can have \(most) bytes, and one that doesn't fit stops its shard: set "
                + "\(most) or more"
            return TopicFinding(isHopeless ? .refuse : .warn, topic.name, key, value, advice)
        }
        guard let batch = needs.batchBytesMax, limit < batch else { return nil }
        let advice =
            "kafka.properties has batch.size \(batch), and a batch that doesn't fit stops its shard: set "
            + "\(batch) or more here, or leave batch.size out"
        // To inputs only what came into a wrong partition is written.
        let severity = topic.role.isInput ? TopicFinding.Severity.warn : .refuse
        return TopicFinding(severity, topic.name, key, value, advice)
    }

    /// Dead letters hold what came in.
    private static func passing(
        _ topic: TopicSettings,
        from largest: (name: String, bytes: Int)
    ) -> TopicFinding? {
        guard topic.role.topic == Topic.deadLetters, let limit = topic.messageBytesMax,
            limit < largest.bytes
        else { return nil }
        return TopicFinding(
            .warn,
            topic.name,
            "max.message.bytes",
            String(limit),
            "\(largest.name) takes \(largest.bytes), and a record from there that doesn't fit here goes "
                + "without its value: set \(largest.bytes) or more"
        )
    }

    /// What isn't compacted yet is read at each take-over.
    private static func segments(_ topic: TopicSettings) -> TopicFinding? {
        let key = "segment.bytes"
        guard topic.role.topic == Topic.state, let bytes = topic.number(key), 128 << 20 < bytes
        else { return nil }
        let advice =
            "what lies in the newest segment is not compacted, and each take-over reads all of it: "
            + "set \(TopicRole.stateSegmentBytes)"
        return TopicFinding(.warn, topic.name, key, String(bytes), advice)
    }

    // MARK: How long records stay

    private static let dayMilliseconds = 86_400_000

    private static func retention(_ topic: TopicSettings) -> TopicFinding? {
        let key = "retention.ms"
        guard let days = topic.role.retentionDaysMin, isDeleted(topic),
            let value = topic.number(key), 0 <= value, value < days * dayMilliseconds
        else { return nil }
        let hours = value / 3_600_000
        let lost =
            topic.role.isInput
            ? "an outage of \(hours) hours loses what came in, and then the daemon refuses to start"
            : "dead letters are gone after \(hours) hours, looked at or not"
        let advice = "\(lost): set \(days * dayMilliseconds) (\(days) days) or more"
        return TopicFinding(.warn, topic.name, key, String(value), advice)
    }

    private static func retentionBytes(_ topic: TopicSettings) -> TopicFinding? {
        let key = "retention.bytes"
        guard topic.role.retentionDaysMin != nil, isDeleted(topic), let value = topic.number(key),
            0 <= value
        else { return nil }
        let advice = "records are deleted by size, read or not: set -1 and limit their age instead"
        return TopicFinding(.warn, topic.name, key, String(value), advice)
    }

    /// Whether old records are deleted at all; that a topic is of the wrong kind is told elsewhere.
    private static func isDeleted(_ topic: TopicSettings) -> Bool {
        topic.properties["cleanup.policy"].map { $0.contains("delete") } ?? true
    }

    // MARK: Copies

    private static func insync(_ topic: TopicSettings) -> TopicFinding? {
        let key = "min.insync.replicas"
        guard let value = topic.number(key), let replicas = topic.replicas else { return nil }
        func finding(_ severity: TopicFinding.Severity, _ advice: String) -> TopicFinding {
            TopicFinding(severity, topic.name, key, String(value), advice)
        }
        if replicas < value {
            return finding(
                topic.role.isWritten ? .refuse : .warn,
                "there are only \(replicas) replicas, so nothing can be written: set at most that"
            )
        }
        if value == replicas, 1 < replicas {
            return finding(.warn, "one broker less and nothing is written: set \(replicas - 1)")
        }
        guard value == 1, 3 <= replicas else { return nil }
        return finding(
            .warn,
            "what was acknowledged may lie on one broker only, and be lost with it: set 2"
        )
    }

    private static func replication(_ topic: TopicSettings) -> TopicFinding? {
        guard topic.replicas == 1 else { return nil }
        let advice = "what happens to its one broker stops or loses it: 3 in production"
        return TopicFinding(.warn, topic.name, "replication", "1", advice)
    }

    private static func leaders(_ topic: TopicSettings) -> TopicFinding? {
        let key = "unclean.leader.election.enable"
        guard topic.properties[key] == "true" else { return nil }
        let advice =
            "a broker that lags behind may lead, which loses acknowledged records: set false"
        return TopicFinding(.warn, topic.name, key, "true", advice)
    }

    // MARK: Timestamps

    /// A record that is forwarded keeps its timestamp, which is the time of an event that states none.
    private static func timestamps(_ topic: TopicSettings) -> TopicFinding? {
        let key = "message.timestamp.type"
        guard topic.role.isInput, topic.role.isWritten, topic.properties[key] == "LogAppendTime"
        else { return nil }
        let advice =
            "an event without a time that came into a wrong partition gets the time of its forwarding: "
            + "set CreateTime, or have publishers state the time"
        return TopicFinding(.warn, topic.name, key, "LogAppendTime", advice)
    }
}
