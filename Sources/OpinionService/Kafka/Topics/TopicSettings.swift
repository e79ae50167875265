internal import KafkaTransport
internal import OpinionWire

/// How a topic is set up, as the brokers describe it.
package struct TopicSettings: Sendable {
    package let role: TopicRole
    /// With its prefix.
    package let name: String
    /// Topic properties by name; empty: not seen, and so nothing is said of them.
    package var properties: [String: String]
    /// Copies of the partition that has the fewest; nil: not seen.
    package var replicas: Int?

    package init(
        _ role: TopicRole,
        named name: String,
        properties: [String: String] = [:],
        replicas: Int? = nil
    ) {
        self.role = role
        self.name = name
        self.properties = properties
        self.replicas = replicas
    }

    /// Bytes that a batch of records, and so a record, may have at most; nil: not seen.
    package var messageBytesMax: Int? { number("max.message.bytes") }

    func number(_ property: String) -> Int? { properties[property].flatMap { Int($0) } }
}

/// What we write must fit into the topics.
package struct TopicNeeds: Hashable, Sendable {
    /// Bytes of the largest assignment, report, decision or state record.
    ///
    /// What a request takes in memory and in events is made of what its own record held, and of the
    /// events and decisions that are remembered of it.
    package var recordBytesMax: Int
    /// Bytes that librdkafka puts together into one batch where the settings say so (`batch.size`); nil: they don't, and
    /// the daemon makes batches no larger than the topics take.
    package var batchBytesMax: Int?

    /// - Parameters:
    ///   - valueBytesMax: `limits.valueBytes`.
    ///   - properties: The user's properties of librdkafka.
    package init(
        valueBytesMax: Int = 262_144,
        properties: [(name: String, value: String)] = []
    ) {
        recordBytesMax = max(2 * valueBytesMax, 262_144)
        batchBytesMax = properties.last { $0.name == "batch.size" }.flatMap { Int($0.value) }
    }
}

/// Something that is not right about a topic.
package struct TopicFinding: Hashable, Sendable {
    package enum Severity: Hashable, Sendable {
        /// It can't work, or loses what is needed: nothing may start with it.
        case refuse
        /// A person should look at it.
        case warn
    }

    /// With its prefix.
    package let topic: String
    /// The topic's property, or `replication`.
    package let key: String
    package let value: String
    /// Why that is not right, and what would be.
    package let advice: String
    package let severity: Severity

    package init(
        _ severity: Severity,
        _ topic: String,
        _ key: String,
        _ value: String,
        _ advice: String
    ) {
        self.severity = severity
        self.topic = topic
        self.key = key
        self.value = value
        self.advice = advice
    }

    /// All but the topic.
    package var text: String { "\(key) is \(value): \(advice)" }
}

extension [TopicFinding] {
    /// Why nothing may start with these topics, all of it; nil: it may.
    package var stop: Stop? {
        let refused = filter { $0.severity == .refuse }
        guard !refused.isEmpty else { return nil }
        return Stop(.badSettings, refused.map { "\($0.topic): \($0.text)" }.joined(separator: "; "))
    }
}
