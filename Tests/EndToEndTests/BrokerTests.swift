import OpinionWire
import Testing

extension EndToEndTests {
    @Test("a broker that isn't there yet is waited for, and said to be missing")
    func brokerComesLater() throws {
        let broker = try Broker()
        try broker.start()
        let ground = try Ground(broker)
        try ground.send([Events.profiled(Events.Specialist(id: "sp-1"))])
        try broker.stop()
        let daemon = try ground.daemon()
        try daemon.waitFor(["status": "degraded", "reasons": "broker-unreachable"])
        try broker.start()
        try daemon.waitUntilReady()
        try ground.send([Events.submitted(Events.Request(id: "rq-1"))])
        #expect(try ground.reader(Topic.assignments).waitFor(1).count == 1)
        #expect(try daemon.terminate() == 0)
        try broker.stop()
    }

    @Test("a broker that is restarted amid the work: nothing is lost and the work goes on")
    func brokerRestarts() throws {
        let broker = try Broker()
        try broker.start()
        let ground = try Ground(broker)
        try ground.send((0..<4).map { Events.profiled(.able($0, units: 1_000)) })
        let daemon = try ground.readyDaemon()
        let count = 1_000
        for number in 0..<count {
            let request = Events.Request(id: "rq-\(number)", network: "net-\(number % 4)")
            try ground.send(Events.submitted(request))
            guard number == count / 2 else { continue }
            try ground.flush()
            try broker.stop()
            try daemon.waitFor(["reasons": "broker-unreachable"])
            try broker.start()
        }
        try ground.flush()
        var told: Set<String> = []
        try wait("all assignments, \(told.count); \(daemon.tail)", seconds: 60) {
            told = Set(try ground.all(Topic.assignments).compactMap(\.keyText))
            return told.count == count
        }
        try daemon.waitForRest()
        #expect(try ground.all(Topic.assignments).count == count)
        #expect(try daemon.terminate() == 0)
        try broker.stop()
    }
}
