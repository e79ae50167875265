internal import CRDKafka

/// librdkafka's topic handles of one producer.
@safe struct ProducerTopics: ~Copyable {
    private(set) var handles: [OpaquePointer] = unsafe []
    private(set) var names: [String] = []

    /// The place of a topic in the list, opening it when it is new.
    mutating func index(of name: String, _ client: Client) throws(KafkaError) -> Int {
        if let index = names.firstIndex(of: name) { return index }
        guard let handle = unsafe rd_kafka_topic_new(client.open, name, nil) else {
            throw KafkaError(rd_kafka_last_error(), attempted: "opening the topic \(name)")
        }
        unsafe handles.append(handle)
        names.append(name)
        return names.count - 1
    }

    /// Lets the topics go; must come before the producer is destroyed.
    mutating func close() {
        unsafe handles.forEach { unsafe rd_kafka_topic_destroy($0) }
        unsafe handles = []
        names = []
    }
}
