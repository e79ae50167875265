import Foundation
import Glibc
import OpinionTesting
import OpinionWire
import Testing

extension EndToEndTests {
    @Test(
        "a request waits for its records, through an end of the process, and is served when they come"
    )
    func records() throws {
        let ground = try Ground(Broker.shared.get(), shards: 1)
        try ground.writeSettings("matching: {records: {required: [path-report]}}")
        try ground.send([Events.profiled(Events.Specialist(id: "sp-1"))])
        let first = try ground.readyDaemon()
        let told = try ground.reader(Topic.assignments)
        var request = Events.Request(id: "rq-1")
        try ground.send([Events.submitted(request)])
        #expect(try OutEvent(told.waitFor(1)[0]).name == "request.awaiting-records")
        first.kill(SIGKILL)

        let second = try ground.readyDaemon()
        request.records = ["path-report"]
        try ground.send([Events.amended(request, id: "complete")])
        let made = try OutEvent(told.waitFor(1)[0])
        #expect(made.name == "assignment.made" && made.causationid == "complete")
        try ground.send([Events.response(.delivered, to: made)])
        let report = try #require(ground.reader(Topic.reports).waitFor(1)[0].value)
        #expect(String(decoding: report, as: UTF8.self).contains(#""recordsCompleteAt":"20"#))
        #expect(try second.terminate() == 0)
    }

    @Test("a request that the policy doesn't take is refused to its intake, with a code")
    func notEligible() throws {
        let ground = try Ground(Broker.shared.get(), shards: 1)
        try ground.writeSettings("matching: {gates: {minAge: 18}}")
        let daemon = try ground.readyDaemon()
        let told = try ground.reader(Topic.assignments)
        var request = Events.Request(id: "rq-1")
        request.birthYear = Calendar(identifier: .gregorian).component(.year, from: .now) - 5
        try ground.send([Events.submitted(request)])
        let refused = try OutEvent(told.waitFor(1)[0])
        #expect(refused.name == "request.refused" && refused.data.reason == "not-eligible")
        let dead = try ground.reader(Topic.deadLetters).waitFor(1)[0]
        #expect(dead.header("opiniond-dlq-pointer") == "/data/patient/birthYear")
        #expect(try daemon.terminate() == 0)
    }
}
