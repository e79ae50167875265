import OpinionTesting
import Glibc
import KafkaTransport
import OpinionWire
import Testing

extension EndToEndTests {
    @Test("missing topics end it with 78, and are named")
    func missingTopics() throws {
        let ground = try Ground(Broker.shared.get(), without: [Topic.reports, Topic.state])
        let daemon = try ground.daemon(["OPINIOND_KAFKA_TOPICS_WAIT_SECONDS": "2"])
        #expect(try daemon.exitCode() == 78)
        #expect(daemon.says(["status": "stopping", "reasons": "topics-missing"]), "\(daemon.tail)")
        for topic in [Topic.reports, Topic.state] {
            #expect(daemon.lines.contains { $0.contains(ground.prefix + topic) }, "\(daemon.tail)")
        }
    }

    @Test("unequal numbers of partitions end it with 78, and are told")
    func unequalPartitions() throws {
        let ground = try Ground(Broker.shared.get(), counts: [Topic.responses: 5])
        let daemon = try ground.daemon()
        #expect(try daemon.exitCode() == 78)
        #expect(daemon.lines.contains { $0.contains("\(Topic.responses) has 5") }, "\(daemon.tail)")
        #expect(daemon.lines.contains { $0.contains("\(Topic.requests) has 3") }, "\(daemon.tail)")
    }

    @Test("a bad setting ends it with 78 before it asks any broker")
    func badSetting() throws {
        let setting = ["OPINIOND_HEALTH_INTERVAL_SECONDS": "soon"]
        let daemon = try Opiniond(["PATH": "/usr/bin"].merging(setting) { $1 })
        #expect(try daemon.exitCode() == 78)
        #expect(daemon.errorText.contains("OPINIOND_HEALTH_INTERVAL_SECONDS"))
        let misspelt = try Opiniond(["OPINIOND_KAFKA_TOPIC_PREFIXES": "a"])
        #expect(try misspelt.exitCode() == 78)
        #expect(misspelt.errorText.contains("OPINIOND_KAFKA_TOPIC_PREFIX"))
    }

    @Test("a state that somebody altered is refused with 65, and the inputs stay where they are")
    func alteredState() throws {
        let ground = try Ground(Broker.shared.get(), shards: 1)
        try ground.send([
            Events.profiled(Events.Specialist(id: "sp-1")),
            Events.submitted(Events.Request(id: "rq-1")),
        ])
        let daemon = try ground.readyDaemon()
        _ = try ground.reader(Topic.assignments).waitFor(1)
        #expect(try daemon.terminate() == 0)
        let record = try #require(
            ground.all(Topic.state).first { $0.keyText == "request net-a rq-1" }
        )
        let altered = String(decoding: record.value ?? [], as: UTF8.self)
            .replacing("\"attempt\":1", with: "\"attempt\":2")
        try #require(Array(altered.utf8) != record.value)
        let forgery = Outgoing(
            topic: Topic.state,
            key: record.keyText,
            value: Array(altered.utf8),
            partition: record.partition
        )
        try ground.send([forgery])
        let next = try ground.daemon()
        #expect(try next.exitCode() == 65)
        #expect(next.lines.contains { $0.contains("digest") }, "\(next.tail)")
        #expect(try ground.all(Topic.assignments).count == 1)
    }

    @Test("a state without its end is refused with 65")
    func stateWithoutMeta() throws {
        let ground = try Ground(Broker.shared.get(), shards: 1)
        let stray = Outgoing(
            topic: Topic.state,
            key: "request net-a rq-9",
            value: nil,
            partition: 0
        )
        try ground.send([stray])
        #expect(try ground.daemon().exitCode() == 65)
    }

    @Test("whoever comes second under the same name wins, and the first ends with 76")
    func fencedBySameName() throws {
        let ground = try Ground(Broker.shared.get())
        try ground.send([Events.profiled(Events.Specialist(id: "sp-1"))])
        let first = try ground.readyDaemon()
        // By another name of the same broker: as from another host, where nobody sees the first.
        let elsewhere = "localhost:\(ground.broker.port)"
        let second = try ground.readyDaemon(["OPINIOND_KAFKA_BOOTSTRAP_SERVERS": elsewhere])
        try ground.send(
            (0..<20).map { Events.submitted(Events.Request(id: "rq-\($0)", network: "net-\($0)")) }
        )
        #expect(try first.exitCode() == 76, "\(first.tail)")
        #expect(try ground.reader(Topic.assignments).waitFor(20).count == 20)
        try second.waitForRest()
        #expect(try ground.all(Topic.assignments).count == 20)
        #expect(try second.terminate() == 0)
    }
}
