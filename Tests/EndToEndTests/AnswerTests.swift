import OpinionTesting
import OpinionWire
import Testing

/// All end-to-end tests, one after the other: they share a broker and two cores.
@Suite("The daemon on a broker", .serialized)
struct EndToEndTests {}

extension EndToEndTests {
    @Test("a request is assigned, an opinion is reported, and a restart says nothing twice")
    func oneRequest() throws {
        let ground = try Ground(Broker.shared.get())
        let request = Events.Request(id: "rq-1")
        let trace = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"
        var submission = Events.submitted(request)
        submission.headers = [Header("traceparent", Array(trace.utf8))]
        try ground.send([Events.profiled(Events.Specialist(id: "sp-1"))])
        let first = try ground.readyDaemon()
        try ground.send([submission])
        let assignments = try ground.reader(Topic.assignments)
        let made = try #require(assignments.waitFor(1).first)
        let assignment = try OutEvent(made)
        expectAnswer(assignment, made, to: "submit-rq-1", trace)
        #expect(assignment.name == "assignment.made")
        #expect(assignment.data.assignmentId == "rq-1/1/1")
        #expect(assignment.source == "/opiniond/\(ground.prefix)opiniond")

        try ground.send([Events.response(.delivered, to: assignment)])
        let reports = try ground.reader(Topic.reports)
        let ready = try #require(reports.waitFor(1).first)
        let report = try OutEvent(ready)
        expectAnswer(report, ready, to: "opinion-submitted-rq-1/1/1", nil)
        #expect(report.data.reports?.map(\.assignmentId) == ["rq-1/1/1"])
        #expect(try first.terminate() == 0)
        #expect(first.health.last?["status"] == "stopping")

        let second = try ground.readyDaemon()
        try ground.send([submission, Events.submitted(request, id: "again")])
        try second.waitFor(["received_total": "2", "lag": "0"])
        #expect(try ground.all(Topic.assignments).count == 1)
        #expect(try ground.all(Topic.reports).count == 1)
        #expect(try ground.all(Topic.deadLetters).isEmpty)
        #expect(try second.terminate() == 0)
    }

    /// What is the same for all that is told of request rq-1.
    private func expectAnswer(
        _ event: OutEvent,
        _ record: Record,
        to cause: String,
        _ trace: String?
    ) {
        #expect(record.keyText == "rq-1")
        #expect(event.specversion == "1.0")
        #expect(event.subject == "rq-1")
        #expect(event.correlationid == "rq-1")
        #expect(event.causationid == cause)
        #expect(record.header("traceparent") == trace)
        #expect(record.header("content-type")?.hasPrefix("application/cloudevents+json") == true)
    }
}
