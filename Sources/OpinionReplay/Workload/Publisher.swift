internal import Foundation
package import KafkaTransport
internal import OpinionWire

/// Publishes a workload, as fast as the brokers take it or at a steady rate.
package struct Publisher {
    private let producer: PlainProducer
    private let prefix: String

    /// - Throws: ``KafkaError`` when the settings are wrong.
    package init(
        properties: [(name: String, value: String)],
        prefix: String,
        log: KafkaLog
    ) throws(KafkaError) {
        producer = try PlainProducer(settings: .producer(user: properties), log: log)
        self.prefix = prefix
    }

    /// Sends records in their order.
    ///
    /// - Parameters:
    ///   - items: The records.
    ///   - rate: Records a second; nil: no limit.
    ///   - progress: Told now and then how many have been sent.
    /// - Throws: ``KafkaError`` when a record can't be sent.
    package func send(
        _ items: [Workload.Item],
        rate: Double? = nil,
        progress: (Int) -> Void = { _ in }
    ) throws(KafkaError) {
        let begun = ProcessInfo.processInfo.systemUptime
        for (count, item) in items.enumerated() {
            if let rate { Self.wait(until: begun + Double(count) / rate) }
            try producer.send(
                topic: prefix + item.topic,
                key: Array(item.key.utf8),
                value: item.value,
                headers: item.headers
            )
            if count % 10_000 == 9_999 { progress(count + 1) }
        }
        try producer.flush(timeoutMilliseconds: 60_000)
        progress(items.count)
    }

    private static func wait(until time: Double) {
        let left = time - ProcessInfo.processInfo.systemUptime
        if left > 0 { Thread.sleep(forTimeInterval: left) }
    }

    package func close() { producer.close() }
}
