internal import CRDKafka

/// A topic to be created.
package struct TopicPlan: Hashable, Sendable {
    package var name: String
    /// 1 … what the cluster allows.
    package var partitions: Int32
    package var replication: Int32
    /// Topic properties such as `cleanup.policy`.
    package var configuration: [String: String]

    package init(
        name: String,
        partitions: Int32,
        replication: Int32,
        configuration: [String: String] = [:]
    ) {
        self.name = name
        self.partitions = partitions
        self.replication = replication
        self.configuration = configuration
    }
}

/// What became of a topic to be created.
package enum TopicOutcome: Hashable, Sendable {
    case created
    /// There was one of this name already; nothing is known about how it is set up.
    case existed
    case failed(KafkaError)
}

/// Creates topics and looks at how they are set up.
///
/// Each call makes a client of its own for as long as it takes, so it may be made on any thread
/// that is allowed to block.
package struct Administration: Sendable {
    package var settings: KafkaSettings
    package var log: KafkaLog

    /// Takes settings of ``KafkaSettings/administration(user:)``.
    package init(settings: KafkaSettings, log: KafkaLog) {
        self.settings = settings
        self.log = log
    }

    /// Creates topics; the answer has an outcome for each name.
    ///
    /// - Throws: ``KafkaError`` when the request as a whole failed.
    package func createTopics(
        _ plans: [TopicPlan],
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [String: TopicOutcome] {
        let request = try AdministrativeRequest(settings, log, timeoutMilliseconds)
        defer { request.close() }
        return try request.createTopics(plans)
    }

    /// The properties of topics that have a value, defaults included; secrets have none.
    ///
    /// - Returns: For each topic its properties, or why the brokers don't tell them.
    /// - Throws: ``KafkaError`` when the request as a whole failed.
    package func describeConfigurations(
        of topics: [String],
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [String: Result<[String: String], KafkaError>] {
        guard !topics.isEmpty else { return [:] }
        let request = try AdministrativeRequest(settings, log, timeoutMilliseconds)
        defer { request.close() }
        return try request.describeConfigurations(of: topics)
    }
}
