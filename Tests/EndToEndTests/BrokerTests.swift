import Foundation
import OpinionTesting
import OpinionWire
import Testing

/// The broker of these tests is never stopped while a transaction is open: it then keeps that one open
/// for ever, or aborts it and acknowledges its commit afterwards.
extension EndToEndTests {
    /// What the health line must say while no broker answers.
    static let away = ["status": "degraded", "reasons": "broker-unreachable"]

    @Test(
        "started while the broker is away it says so and waits, and works once the broker is there"
    )
    func awayAtStart() throws {
        let count = 200
        let broker = try Broker().started()
        let ground = try Ground(broker)
        try ground.send((0..<8).map { Events.profiled(.able($0, units: 100)) })
        try broker.stop()

        let daemon = try ground.daemon()
        try daemon.waitFor(Self.away)
        try daemon.waitForLines(3)
        #expect(daemon.health.allSatisfy { $0["status"] != "ready" && $0["shards_owned"] == "0" })

        try broker.start()
        try daemon.waitUntilReady()
        try ground.send(Self.submissions(0..<count))
        try daemon.waitFor(["assigned_total": "\(count)", "lag": "0"])
        try daemon.waitForRest()
        #expect(try ground.assigned() == Self.ids(0..<count))
        #expect(try daemon.terminate() == 0)
    }

    @Test(
        "when the broker goes amid the work it says so all the time, and nothing is lost or twice"
    )
    func awayAmidWork() throws {
        let count = 8_000
        let ground = try Ground(Broker.shared.get())
        // Out of reach rather than stopped: see above.
        let proxy = try Proxy(to: ground.broker.port)
        try ground.send((0..<20).map { Events.profiled(.able($0, units: 1_000)) })
        let daemon = try ground.readyDaemon([
            "OPINIOND_KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:\(proxy.port)"
        ])
        try ground.send(Self.submissions(0..<10))
        try daemon.waitFor(["assigned_total": "10"])
        try ground.send(Self.submissions(10..<count))
        proxy.set(.refuse)
        try daemon.waitFor(Self.away, after: daemon.health.count)
        let told = daemon.health.count
        try daemon.waitForLines(10)
        print("assigned \(daemon.assigned) of \(count) when the broker went")
        for line in daemon.health.dropFirst(told) {
            #expect(line["reasons"]?.contains("broker-unreachable") == true)
            #expect(line["status"] == "degraded")
            #expect(line["lag_status"] == "stalled")
        }
        proxy.set(nil)
        try daemon.waitForRest()
        #expect(try ground.assigned() == Self.ids(0..<count))
        #expect(try daemon.terminate() == 0)
    }

    @Test("the broker is restarted three times under load: everything is told once, and all agrees")
    func restartsUnderLoad() throws {
        let restarts = 3
        let broker = try Broker().started()
        let ground = try Ground(broker)
        var scene = Scene(
            seed: 20_261_124,
            size: Scene.Size(requests: 1_200, networks: 6, specialistsANetwork: 12),
            shards: ground.shards,
            clock: { Date.now.timeIntervalSince1970 }
        )
        try ground.send(scene.roster())
        let daemon = try ground.readyDaemon()
        let driver = try Driver(ground, scene: scene, breaks: restarts)
        try wait(
            "all work to be sent; \(driver.tail); \(daemon.tail)",
            seconds: 60,
            progress: { driver.steps }
        ) {
            try driver.turn()
            try driver.breakIfDue {
                try daemon.waitForRest()
                try broker.stop()
                try broker.start()
            }
            return driver.isDone
        }
        try driver.answerRest(until: { try daemon.waitForRest() })
        let findings = try Findings(ground, driver.scene)
        print(
            "requests \(driver.scene.requests.count), \(driver.broken) restarts, \(findings.summary)"
        )
        #expect(driver.broken == restarts)
        #expect(findings.offences.isEmpty, "\(findings.offences.prefix(20))")
        #expect(try daemon.terminate() == 0)
    }

    private static func submissions(_ numbers: Range<Int>) -> [Outgoing] {
        let time = Events.time()
        return numbers.map {
            Events.submitted(Events.Request(id: "rq-\($0)", network: "net-\($0 % 4)"), time: time)
        }
    }

    private static func ids(_ numbers: Range<Int>) -> [String] {
        numbers.map { "rq-\($0)/1/1" }.sorted()
    }
}

extension Ground {
    /// The ids of all assignments that were made, in their order; one made twice is there twice.
    fileprivate func assigned() throws -> [String] {
        try all(Topic.assignments).map { try OutEvent($0) }
            .filter { $0.name == "assignment.made" }
            .compactMap(\.data.assignmentId).sorted()
    }
}

extension Opiniond {
    /// As the last health line has it.
    fileprivate var assigned: Int { health.last?["assigned_total"].flatMap { Int($0) } ?? 0 }

    /// Waits for so many more health lines.
    fileprivate func waitForLines(_ count: Int) throws {
        let before = health.count
        try wait("\(count) health lines; \(tail)") { before + count <= health.count }
    }
}
