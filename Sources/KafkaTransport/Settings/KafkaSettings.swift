internal import CRDKafka

/// The properties a Kafka client is made with, in the order they are applied.
///
/// Names and values are librdkafka's (its CONFIGURATION.md). A name set twice takes the last value.
package struct KafkaSettings: Sendable {
    package var properties: [(name: String, value: String)]

    package init(_ properties: [(name: String, value: String)]) {
        self.properties = properties
    }

    /// Whether librdkafka has a property of this name that a file of settings can set.
    package static func isKnown(_ name: String) -> Bool {
        PropertyCatalog.shared.properties[name] != nil
    }

    /// All names for which ``isKnown(_:)`` holds, in order; for suggesting what was meant.
    package static var knownNames: [String] {
        PropertyCatalog.shared.properties.keys.sorted()
    }

    /// Makes librdkafka's configuration; the caller owns it.
    ///
    /// - Throws: ``KafkaError`` with the reaction `badSettings`, naming the property. The value is
    ///   not repeated, since it may be a secret, and neither is librdkafka's message, which does.
    func makeConfiguration() throws(KafkaError) -> OpaquePointer {
        let configuration: OpaquePointer = unsafe rd_kafka_conf_new()
        for (name, value) in properties
        where unsafe rd_kafka_conf_set(configuration, name, value, nil, 0) != RD_KAFKA_CONF_OK {
            unsafe rd_kafka_conf_destroy(configuration)
            throw KafkaError.badSetting(name, Self.explanation(of: name))
        }
        return unsafe configuration
    }

    private static func explanation(of name: String) -> String {
        guard let property = PropertyCatalog.shared.properties[name] else {
            return "librdkafka has no such property"
        }
        guard !property.range.isEmpty else { return "not a value it takes" }
        return "not a value it takes: \(property.range)"
    }
}
