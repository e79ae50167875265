import KafkaTransport
import Testing

@Suite("The library's log")
struct LogTests {
    @Test("is copied, bounded and drained")
    func bounded() throws {
        let log = KafkaLog()
        let bench = try Bench()
        var settings = try KafkaSettings.producer(user: bench.user)
        settings.properties.append(("debug", "all"))
        // Every debug context together fills the ring within a few transactions.
        let producer = try PlainProducer(settings: settings, log: log)
        let deadline = ContinuousClock.now + Bench.limit
        while log.dropCount == 0 {
            try #require(ContinuousClock.now < deadline)
            try producer.send(topic: "in", key: nil, value: [1])
            try producer.flush(timeoutMilliseconds: 10_000)
        }
        producer.close()
        let lines = log.drain()
        #expect(lines.count == KafkaLog.linesMax)
        #expect(lines.allSatisfy { $0.text.utf8.count <= KafkaLog.textBytesMax + 2 })
        #expect(lines.contains { $0.facility == "TERMINATE" })
        #expect(log.drain() == [])
    }
}
