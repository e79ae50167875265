import KafkaTransport
import Testing

@Suite("Settings")
struct SettingsTests {
    @Test("know librdkafka's names, aliases too, and nothing that only code can set")
    func names() {
        #expect(KafkaSettings.isKnown("session.timeout.ms"))
        #expect(KafkaSettings.isKnown("bootstrap.servers"))
        #expect(!KafkaSettings.isKnown("log_cb"))
        #expect(!KafkaSettings.isKnown("sesion.timeout.ms"))
        #expect(100 < KafkaSettings.knownNames.count)
        #expect(KafkaSettings.knownNames == KafkaSettings.knownNames.sorted())
    }

    @Test("reserve only what exists")
    func reserved() {
        #expect(KafkaSettings.reserved.filter { !KafkaSettings.isKnown($0) } == [])
    }

    @Test("refuse what exactly-once rests on", arguments: KafkaSettings.reserved.sorted())
    func refuse(name: String) throws {
        let error = #expect(throws: KafkaError.self) {
            try KafkaSettings.producer(user: [(name, "1")])
        }
        #expect(error?.reaction == .badSettings)
        #expect(error?.attempted == "setting the Kafka property \(name)")
    }

    @Test("let the user win, and leave out what is for the other kind of client without a warning")
    func merge() throws {
        let log = KafkaLog()
        let user = [
            (name: "session.timeout.ms", value: "9000"), ("linger.ms", "7"),
            ("bootstrap.servers", "127.0.0.1:1"),
        ]
        let consumer = try KafkaSettings.groupConsumer(group: "g", instance: "a", user: user)
        #expect(consumer.properties.last { $0.name == "session.timeout.ms" }?.value == "9000")
        #expect(!consumer.properties.contains { $0.name == "linger.ms" })
        let producer = try KafkaSettings.producer(user: user)
        #expect(producer.properties.last { $0.name == "linger.ms" }?.value == "7")
        #expect(!producer.properties.contains { $0.name == "session.timeout.ms" })
        _ = try GroupConsumer(settings: consumer, topics: ["in"], log: log)
        _ = try PlainProducer(settings: producer, log: log)
        _ = try TransactionalProducer(
            settings: producer,
            transactionalID: "t",
            topics: ["in"],
            log: log
        )
        #expect(log.drain().filter { $0.facility == "CONFWARN" } == [])
    }

    @Test(
        "name the property that is wrong, what it takes, and never its value",
        arguments: ["ssl.key.password.typo", "security.protocol", "session.timeout.ms"]
    )
    func wrong(name: String) throws {
        let settings = KafkaSettings([(name, "hunter2")])
        let error = #expect(throws: KafkaError.self) {
            try PlainProducer(settings: settings, log: KafkaLog())
        }
        #expect(error?.reaction == .badSettings)
        let text = try #require(error.map { "\($0)" })
        #expect(text.contains(name))
        #expect(!text.contains("hunter2"))
    }

    @Test("that do not go together are wrong settings")
    func contradiction() throws {
        var settings = try KafkaSettings.producer(user: [])
        settings.properties.append(("acks", "1"))
        let error = #expect(throws: KafkaError.self) {
            try PlainProducer(settings: settings, log: KafkaLog())
        }
        #expect(error?.reaction == .badSettings)
    }
}
