internal import CRDKafka

/// librdkafka's mock brokers inside this process, on a loopback port of their own.
///
/// Good for a first look and for error paths. It ignores transactional offsets, shows aborted
/// records and keeps about 5 MB of a partition: never proof of exactly-once.
///
/// librdkafka hands each call over to the thread of the mock cluster and waits, and the pointers
/// never change: so any thread may call.
@safe package final class MockCluster: @unchecked Sendable {
    private let client: Client
    private let cluster: OpaquePointer
    package let bootstrapServers: String

    /// Starts brokers with the ids 1 … `brokers`.
    package init(brokers: Int32 = 1, log: KafkaLog = KafkaLog()) throws(KafkaError) {
        client = try Client(.producer, KafkaSettings([]), log: log)
        guard let cluster = unsafe rd_kafka_mock_cluster_new(client.open, brokers) else {
            throw KafkaError(RD_KAFKA_RESP_ERR__FAIL, attempted: "starting a mock cluster")
        }
        unsafe self.cluster = unsafe cluster
        bootstrapServers = unsafe String(cString: rd_kafka_mock_cluster_bootstraps(cluster))
    }

    deinit {
        unsafe rd_kafka_mock_cluster_destroy(cluster)
        client.close()
    }

    package func createTopic(_ name: String, partitions: Int32) throws(KafkaError) {
        try client.check(
            unsafe rd_kafka_mock_topic_create(cluster, name, partitions, 1),
            "creating the mock topic \(name)"
        )
    }

    /// Makes the next requests of a kind fail, one with each code.
    ///
    /// - Parameters:
    ///   - apiKey: the request's number in the Kafka protocol.
    ///   - codes: Kafka's error codes; −195 (`_TRANSPORT`) closes the connection, 0 lets one pass.
    package func pushErrors(apiKey: Int16, _ codes: [Int32]) {
        let errors = codes.map { rd_kafka_resp_err_t($0) }
        unsafe rd_kafka_mock_push_request_errors_array(cluster, apiKey, errors.count, errors)
    }

    /// Delays a broker's next answer to a request of a kind, with an error or without (0).
    package func pushDelay(
        broker: Int32,
        apiKey: Int16,
        code: Int32 = 0,
        milliseconds: Int32
    ) throws(KafkaError) {
        try client.check(
            unsafe opiniond_mock_push_error_rtt(
                cluster,
                broker,
                apiKey,
                rd_kafka_resp_err_t(code),
                milliseconds
            ),
            "delaying a mock broker"
        )
    }

    /// Makes every request about a topic fail with a code; 0 heals it.
    package func setTopicError(_ name: String, _ code: Int32) {
        unsafe rd_kafka_mock_topic_set_error(cluster, name, rd_kafka_resp_err_t(code))
    }

    /// Closes a broker's connections and refuses new ones.
    package func setDown(broker: Int32) throws(KafkaError) {
        try client.check(
            unsafe rd_kafka_mock_broker_set_down(cluster, broker),
            "stopping a mock broker"
        )
    }

    package func setUp(broker: Int32) throws(KafkaError) {
        try client.check(
            unsafe rd_kafka_mock_broker_set_up(cluster, broker),
            "starting a mock broker"
        )
    }
}
