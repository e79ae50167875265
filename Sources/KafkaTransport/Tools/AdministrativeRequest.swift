internal import CRDKafka

/// One request of ``Administration`` and the client, queue and options it needs.
@safe final class AdministrativeRequest {
    /// Wait a little longer than the request itself, whose own end is the better story.
    private static let graceMilliseconds: Int32 = 1_000

    private let client: Client
    private let queue: OpaquePointer
    private let options: OpaquePointer
    private let timeoutMilliseconds: Int32

    init(_ settings: KafkaSettings, _ log: KafkaLog, _ timeout: Int32) throws(KafkaError) {
        client = try Client(.producer, settings, log: log)
        unsafe queue = rd_kafka_queue_new(client.open)
        unsafe options = rd_kafka_AdminOptions_new(client.open, RD_KAFKA_ADMIN_OP_ANY)
        timeoutMilliseconds = timeout
        _ = unsafe rd_kafka_AdminOptions_set_request_timeout(options, timeout, nil, 0)
        _ = unsafe rd_kafka_AdminOptions_set_operation_timeout(options, timeout, nil, 0)
    }

    func close() {
        guard unsafe client.handle != nil else { return }
        unsafe rd_kafka_AdminOptions_destroy(options)
        unsafe rd_kafka_queue_destroy(queue)
        client.close()
    }

    func createTopics(_ plans: [TopicPlan]) throws(KafkaError) -> [String: TopicOutcome] {
        var topics: [OpaquePointer?] = unsafe []
        defer { unsafe topics.forEach { unsafe rd_kafka_NewTopic_destroy($0) } }
        for plan in plans { unsafe topics.append(try newTopic(plan)) }
        unsafe rd_kafka_CreateTopics(client.open, &topics, topics.count, options, queue)
        return unsafe try answer("creating topics") { event in
            var count = 0
            let result = unsafe rd_kafka_event_CreateTopics_result(event)
            let topics = unsafe rd_kafka_CreateTopics_result_topics(result, &count)
            var outcomes: [String: TopicOutcome] = [:]
            for index in 0..<count {
                guard let topic = unsafe topics?[index] else { continue }
                let name = unsafe String(cString: rd_kafka_topic_result_name(topic))
                outcomes[name] = unsafe outcome(of: topic, name)
            }
            return outcomes
        }
    }

    func describeConfigurations(
        of topics: [String]
    ) throws(KafkaError) -> [String: Result<[String: String], KafkaError>] {
        var resources: [OpaquePointer?] = unsafe []
        defer { unsafe resources.forEach { unsafe rd_kafka_ConfigResource_destroy($0) } }
        for topic in topics {
            unsafe resources.append(rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic))
        }
        unsafe rd_kafka_DescribeConfigs(client.open, &resources, resources.count, options, queue)
        return unsafe try answer("asking how topics are set up") { event in
            var count = 0
            let result = unsafe rd_kafka_event_DescribeConfigs_result(event)
            let resources = unsafe rd_kafka_DescribeConfigs_result_resources(result, &count)
            var found: [String: Result<[String: String], KafkaError>] = [:]
            for index in 0..<count {
                guard let resource = unsafe resources?[index] else { continue }
                let name = unsafe String(cString: rd_kafka_ConfigResource_name(resource))
                found[name] = unsafe properties(of: resource, name)
            }
            return found
        }
    }

    private func newTopic(_ plan: TopicPlan) throws(KafkaError) -> OpaquePointer {
        let topic = unsafe rd_kafka_NewTopic_new(
            plan.name,
            plan.partitions,
            plan.replication,
            nil,
            0
        )
        guard let topic = unsafe topic else {
            throw KafkaError(
                RD_KAFKA_RESP_ERR__INVALID_ARG,
                attempted: "planning the topic \(plan.name)"
            )
        }
        for (name, value) in plan.configuration.sorted(by: { $0.key < $1.key }) {
            _ = unsafe rd_kafka_NewTopic_set_config(topic, name, value)
        }
        return unsafe topic
    }

    private func outcome(of topic: OpaquePointer, _ name: String) -> TopicOutcome {
        switch unsafe rd_kafka_topic_result_error(topic) {
        case RD_KAFKA_RESP_ERR_NO_ERROR: .created
        case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS: .existed
        case let code: .failed(KafkaError(code, attempted: "creating the topic \(name)"))
        }
    }

    private func properties(
        of resource: OpaquePointer,
        _ name: String
    ) -> Result<[String: String], KafkaError> {
        let code = unsafe rd_kafka_ConfigResource_error(resource)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            return .failure(KafkaError(code, attempted: "asking how the topic \(name) is set up"))
        }
        var count = 0
        let entries = unsafe rd_kafka_ConfigResource_configs(resource, &count)
        var properties: [String: String] = [:]
        for index in 0..<count {
            guard let entry = unsafe entries?[index],
                let value = unsafe rd_kafka_ConfigEntry_value(entry)
            else { continue }
            let name = unsafe String(cString: rd_kafka_ConfigEntry_name(entry))
            properties[name] = unsafe String(cString: value)
        }
        return .success(properties)
    }

    /// Waits for the answer and reads it.
    private func answer<Answer>(
        _ attempted: String,
        _ read: (OpaquePointer) throws(KafkaError) -> Answer
    ) throws(KafkaError) -> Answer {
        let limit = timeoutMilliseconds + Self.graceMilliseconds
        guard let event = unsafe rd_kafka_queue_poll(queue, limit) else {
            throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, attempted: attempted)
        }
        defer { unsafe rd_kafka_event_destroy(event) }
        try client.check(unsafe rd_kafka_event_error(event), attempted)
        return unsafe try read(event)
    }
}
