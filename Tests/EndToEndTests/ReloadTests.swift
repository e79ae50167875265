import Glibc
import OpinionTesting
import OpinionWire
import Testing

extension EndToEndTests {
    @Test("SIGHUP takes another policy up, and wrong settings change nothing")
    func reload() throws {
        let ground = try Ground(Broker.shared.get(), shards: 1)
        try ground.writeSettings("matching: {minimumLevel: 4}")
        try ground.send([Events.profiled(Events.Specialist(id: "sp-1"))])
        let daemon = try ground.readyDaemon()
        let told = try ground.reader(Topic.assignments)
        try ground.send([Events.submitted(Events.Request(id: "rq-1"))])
        #expect(try told.waitFor(1).map { try OutEvent($0).name } == ["request.unmatchable"])

        // The specialist has level 3: whom one policy excludes the next one takes.
        try ground.writeSettings("matching: {minimumLevel: 3, name: lenient}")
        daemon.signal(SIGHUP)
        let made = try OutEvent(try told.waitFor(1)[0])
        #expect(made.name == "assignment.made")
        #expect(made.data.specialistId == "sp-1")

        let lines = { daemon.lines.count { $0.contains("wait for a restart") } }
        #expect(lines() == 0)
        try ground.writeSettings(
            "dedupe: {retentionDays: 40}\nmatching: {minimumLevel: 3, name: lenient}"
        )
        daemon.signal(SIGHUP)
        try wait("what waits to be told; \(daemon.tail)") { lines() == 1 }
        #expect(daemon.lines.contains { $0.contains("settings=dedupe.retentionDays") })

        try ground.writeSettings("matching: {minimumLevel: 9}")
        daemon.signal(SIGHUP)
        try daemon.waitFor(["status": "degraded", "reasons": "settings-refused"])
        try ground.send([Events.submitted(Events.Request(id: "rq-2"))])
        let next = try OutEvent(try told.waitFor(1)[0])
        #expect(next.data.policy?.sha256 == made.data.policy?.sha256)
        #expect(next.name == "assignment.made")

        let count = daemon.health.count
        try ground.writeSettings("matching: {minimumLevel: 3}\nlog: {level: debug}")
        daemon.signal(SIGHUP)
        try daemon.waitFor(["status": "ready"], after: count)
        try ground.send([Events.submitted(Events.Request(id: "rq-3"))])
        let last = try OutEvent(try told.waitFor(1)[0])
        #expect(last.data.policy?.sha256 != made.data.policy?.sha256)
        #expect(try daemon.terminate() == 0)
    }
}
