import Glibc
import KafkaTransport
import OpinionTesting
import OpinionWire
import Testing

/// What doesn't work for a while, and what is said of it.
extension EndToEndTests {
    @Test("topics that are missing are waited for, with a reason")
    func missingForAWhile() throws {
        let ground = try Ground(Broker.shared.get(), without: [Topic.reports])
        let daemon = try ground.daemon()
        try daemon.waitFor(["status": "degraded", "reasons": "topics-missing"])
        try ground.create(Topic.reports)
        try daemon.waitUntilReady()
        #expect(try daemon.terminate() == 0)
    }

    @Test(
        "a transaction that a publisher leaves open is told, and what lies behind it is read at its end"
    )
    func openTransaction() throws {
        let ground = try Ground(Broker.shared.get(), shards: 1)
        try ground.send([Events.profiled(Events.Specialist(id: "sp-1"))])
        let daemon = try ground.readyDaemon()
        let publisher = try ground.transaction([Events.submitted(Events.Request(id: "rq-1"))])
        try ground.send([Events.submitted(Events.Request(id: "rq-2"))])
        try daemon.waitFor(["status": "degraded", "reasons": "open-transaction"])
        #expect(daemon.lines.contains { $0.contains("\(Topic.requests)/0 behind offset 0") })
        #expect(try ground.all(Topic.assignments).isEmpty)
        try publisher.commit(timeoutMilliseconds: 10_000)
        _ = try ground.reader(Topic.assignments).waitFor(2)
        try daemon.waitForRest()
        #expect(try daemon.terminate() == 0)
    }

    @Test("a topic of dead letters that takes less than comes in stops nobody")
    func largeDeadLetter() throws {
        let limit = [Topic.deadLetters: ["max.message.bytes": "20000"]]
        let ground = try Ground(Broker.shared.get(), shards: 1, properties: limit)
        try ground.send([Events.profiled(Events.Specialist(id: "sp-1"))])
        let junk = Array(String(repeating: "x", count: 30_000).utf8)
        try ground.send([
            Outgoing(topic: Topic.requests, key: "net-a", value: junk),
            Events.submitted(Events.Request(id: "rq-1")),
        ])
        let daemon = try ground.readyDaemon()
        _ = try ground.reader(Topic.assignments).waitFor(1)
        let letter = try #require(try ground.reader(Topic.deadLetters).waitFor(1).first)
        #expect(letter.value == nil)
        #expect(letter.header("opiniond-dlq-sha256") != nil)
        try daemon.waitForRest()
        #expect(daemon.says(["dead_letters": "not-json=1"]), "\(daemon.tail)")
        #expect(try daemon.terminate() == 0)
    }

    @Test("SIGUSR1 gives the shards to the other instances at once")
    func leaving() throws {
        let ground = try Ground(Broker.shared.get(), shards: 2)
        let first = try ground.readyDaemon()
        let second = try ground.daemon(["OPINIOND_KAFKA_INSTANCE": "two"])
        try second.waitFor(["status": "ready", "shards_owned": "1"])
        first.signal(SIGUSR1)
        #expect(try first.exitCode() == 0)
        // Without leaving, the broker of these tests would keep them for ever.
        try second.waitFor(["status": "ready", "shards_owned": "2"])
        #expect(try second.terminate() == 0)
    }
}
