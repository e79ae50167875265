import OpinionTesting
import OpinionTools
import OpinionWire
import Testing

@Suite("Why somebody who pauses did not get a seat")
struct ExplainPauseTests {
    /// Whoever gets the first request declines, the other one takes it and the next.
    private static func archive(
        _ reason: String,
        _ overrides: [String]
    ) throws -> (Archive, pausing: String) {
        var archive = try Archive(overrides)
        for name in ["anna", "bela"] {
            archive.send(Events.profiled(Events.Specialist(id: name), time: archive.time()))
        }
        archive.send(Events.submitted(Events.Request(id: "rq-1"), time: archive.time()))
        let made = try archive.made("rq-1/1/1")
        archive.send(Events.response(.declined(reason), to: made, time: archive.time()))
        archive.send(Events.submitted(Events.Request(id: "rq-2"), time: archive.time()))
        return (archive, try #require(made.data.specialistId))
    }

    @Test(
        "until when, and what was declined, which is of another request",
        arguments: ["summary", "full"]
    )
    func pause(decisions: String) throws {
        let overrides = ["matching.pauseHours.workload=48", "events.decisions=\(decisions)"]
        let (archive, name) = try Self.archive("workload", overrides)
        let lines = try archive.explain("rq-2", whyNot: name, overrides)
        let answer = try #require(lines.first { $0.contains("  \(name): ") })
        let pause = "pauses until 2026-11-24T10:03:00.000Z after declining rq-1/1/1 for workload"
        #expect(answer.hasSuffix("\(name): excluded by availability: \(pause)"), "\(answer)")
    }

    @Test("of the only one who could, while the request waits for the end of the pause")
    func waits() throws {
        let overrides = ["matching.pauseHours.workload=48"]
        var archive = try Archive(overrides)
        archive.send(Events.profiled(Events.Specialist(id: "anna"), time: archive.time()))
        archive.send(Events.submitted(Events.Request(id: "rq-1"), time: archive.time()))
        let made = try archive.made("rq-1/1/1")
        archive.send(Events.response(.declined("workload"), to: made, time: archive.time()))
        archive.send(Events.submitted(Events.Request(id: "rq-2"), time: archive.time()))
        for request in ["rq-1", "rq-2"] {
            let lines = try archive.explain(request, whyNot: "anna", overrides)
            let answer = try #require(lines.last { $0.contains("  anna: ") })
            #expect(answer.hasSuffix("after declining rq-1/1/1 for workload"), "\(answer)")
        }
    }

    @Test("a doubt, when the topics no longer hold what was declined")
    func untold() throws {
        let overrides = ["matching.pauseHours.workload=48"]
        var (archive, name) = try Self.archive("workload", overrides)
        archive.lose { $0.topic == Topic.responses }
        let lines = try archive.explain("rq-2", whyNot: name, overrides)
        let answer = try #require(lines.first { $0.contains("  \(name): ") })
        let doubt = "whether it declined another seat for workload is not told"
        #expect(answer.hasSuffix("(\(doubt))"), "\(answer)")
    }

    @Test(
        "nothing of the kind after another reason, or where the policy has no pauses",
        arguments: [("personal", 48), ("workload", 0)]
    )
    func others(reason: String, hours: Int) throws {
        let overrides = ["matching.pauseHours.workload=\(hours)"]
        let (archive, name) = try Self.archive(reason, overrides)
        let text = try archive.explain("rq-2", whyNot: name, overrides).joined(separator: "\n")
        #expect(text.contains("  \(name): ") || text.contains("→ \(name) gets rq-2/1/1"), "\(text)")
        #expect(!text.contains("pauses"), "\(text)")
    }
}
