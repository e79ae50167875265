package import KafkaTransport
internal import OpinionWire

/// Where our topics are and by which settings they are reached.
///
/// Shared by all threads; never changes.
package struct KafkaSite: Sendable {
    package var group: String
    package var instance: String
    package var prefix: String
    /// The user's properties, `bootstrap.servers` among them.
    package var properties: [(name: String, value: String)]
    /// Whether what decisions found of everybody is told, in a topic of its own.
    package var tellsDecisions = false
    /// Logs that are read from their beginning though they are others than those that were read; see
    /// ``LogFinding/name``.
    package var acceptedLogs: Set<String> = []
    /// How large what we write may get; nil: nobody looks at how the topics are set up.
    package var needs: TopicNeeds?
    /// How long topics that are missing are waited for, in seconds.
    package var topicsWaitSeconds = 180.0
    /// Whether a stop that was asked for leaves the group, so that others take the shards at once.
    package var leavesOnStop = false
    package let log: KafkaLog

    package init(
        group: String,
        instance: String,
        prefix: String,
        properties: [(name: String, value: String)],
        log: KafkaLog = KafkaLog()
    ) {
        self.group = group
        self.instance = instance
        self.prefix = prefix
        self.properties = properties
        self.log = log
    }

    /// How long a silent member keeps its place in the group.
    var sessionSeconds: Double {
        let given = properties.last { $0.name == "session.timeout.ms" }
        let milliseconds = given.flatMap { Double($0.value) }
        return (milliseconds ?? Double(KafkaSettings.sessionMilliseconds)) / 1_000
    }

    package func name(_ topic: String) -> String { prefix + topic }

    /// The transactional id that decides who owns a shard.
    package func transactionalID(of shard: Int) -> String { "\(group).shard.\(shard)" }

    package var inputs: [String] { [name(Topic.requests), name(Topic.responses)] }

    /// Everything that must exist, in the contract's order.
    package var topics: [String] {
        let always = [
            Topic.requests, Topic.responses, Topic.specialists, Topic.assignments, Topic.reports,
            Topic.deadLetters, Topic.state,
        ]
        return (tellsDecisions ? always + [Topic.decisions] : always).map(name)
    }

    /// What transactions write to; a topic's place is its number.
    var outTopics: [OutTopic] {
        OutTopic.allCases.filter { tellsDecisions || $0 != .decisions }
    }

    /// What a person should grant when an error says that a shard may not be taken over.
    func missingRight(_ error: KafkaError, _ shard: Int) -> String {
        let right =
            switch error.name {
            case "GROUP_AUTHORIZATION_FAILED": "READ on the group \(group)"
            case "TRANSACTIONAL_ID_AUTHORIZATION_FAILED":
                "WRITE and DESCRIBE on the transactional id \(transactionalID(of: shard))"
            case "TOPIC_AUTHORIZATION_FAILED":
                "READ on the inputs and on \(name(Topic.state)), WRITE on all but "
                    + name(Topic.specialists)
            default: "what is refused, or mend the log-in"
            }
        return "shard \(shard) may not be taken over: grant \(right); \(error.description)"
    }

    package func reader(
        _ isolation: PartitionReader.Isolation,
        _ use: KafkaSettings.ReaderUse = .tailing
    ) throws(KafkaError) -> PartitionReader {
        try PartitionReader(
            settings: .reader(group: group, use, user: properties),
            isolation: isolation,
            log: log
        )
    }

    /// - Parameters:
    ///   - shard: Whose transactional id it has.
    ///   - batchBytesMax: Bytes that all topics take in one batch; nil: not known.
    /// - Returns: A producer that has not taken its id over yet.
    /// - Throws: ``KafkaError`` when the settings are wrong.
    func producer(
        of shard: Int,
        batchBytesMax: Int?
    ) throws(KafkaError) -> TransactionalProducer {
        try TransactionalProducer(
            settings: .producer(user: properties, batchBytesMax: batchBytesMax),
            transactionalID: transactionalID(of: shard),
            topics: outTopics.map { name($0.name) },
            log: log
        )
    }
}
