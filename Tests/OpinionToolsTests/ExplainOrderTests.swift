import OpinionTesting
import OpinionTools
import OpinionWire
import Testing

@Suite("The order in which explain tells what happened")
struct ExplainOrderTests {
    private static let request = Events.Request(id: "rq-1")
    /// Seconds by which the senders' clocks are off.
    private static let clocks = [0.0, -7_200, 7_200]

    private static func archive(_ names: String...) throws -> Archive {
        var archive = try Archive()
        for name in names {
            archive.send(Events.profiled(Events.Specialist(id: name), time: archive.time()))
        }
        return archive
    }

    /// What happened, a few words each.
    private static func story(_ lines: [String]) -> [String] {
        lines.compactMap { line -> String? in
            guard let begin = line.firstIndex(where: { "←→↩…✗!■✓".contains($0) }) else {
                return nil
            }
            return line[begin...].split(separator: ":")[0].split(separator: " ").prefix(3)
                .joined(separator: " ")
        }
    }

    @Test(
        "an effect comes after its cause, an answer after its question",
        arguments: clocks,
        clocks
    )
    func skewed(intake: Double, runtime: Double) throws {
        var archive = try Self.archive("anna", "bela")
        archive.send(Events.submitted(Self.request, time: archive.time(intake)))
        let first = try archive.made("rq-1/1/1")
        archive.send(Events.response(.accepted, to: first, time: archive.time(runtime)))
        archive.send(Events.response(.givenBack, to: first, time: archive.time(runtime)))
        let second = try archive.made("rq-1/1/2")
        archive.send(Events.response(.delivered, to: second, time: archive.time(-runtime)))
        let names = [first, second].map { $0.data.specialistId ?? "" }
        #expect(
            Self.story(try archive.explain("rq-1", whyNot: names[1])) == [
                "← submitted as", "→ \(names[0]) gets", "← rq-1/1/1 accepted", "← rq-1/1/1 given",
                "↩ \(names[0]) gives", "→ \(names[1]) gets", "← rq-1/1/2 delivered", "✓ report",
            ]
        )
    }

    @Test("records of one partition keep their order, whatever their times", arguments: clocks)
    func offsets(intake: Double) throws {
        var archive = try Self.archive("anna")
        archive.send(Events.submitted(Self.request, time: archive.time(intake)))
        var other = Self.request
        other.priority = "urgent"
        archive.send(Events.amended(other, id: "new", time: archive.time(intake)))
        archive.send(Events.submitted(Self.request, time: archive.time(-intake)))
        archive.send(Events.withdrawn("rq-1", of: "net-a", time: archive.time(-intake)))
        #expect(
            Self.story(try archive.explain("rq-1")) == [
                "← submitted as", "→ anna gets", "← amended by", "← submitted as", "← withdrawn by",
                "↩ anna gives", "■ closed",
            ]
        )
    }

    @Test("a copy comes after what was forwarded, and a refusal after what was refused")
    func copies() throws {
        var archive = try Self.archive("anna")
        let away = 1 - archive.home
        archive.send(Events.submitted(Self.request, time: archive.time(7_200)), to: away)
        var other = Self.request
        other.code = "C34.1"
        archive.send(Events.submitted(other, id: "other", time: archive.time(-7_200)))
        let lines = try archive.explain("rq-1")
        #expect(
            Self.story(lines) == [
                "← submitted as", "← submitted as", "→ anna gets", "← submitted as", "✗ refused",
            ]
        )
        #expect(lines[2].contains("forwarded"))
    }

    @Test(
        "of who was not chosen the submission is known, although its time is later",
        arguments: clocks
    )
    func submission(intake: Double) throws {
        var archive = try Self.archive("anna", "bela")
        var request = Self.request
        request.excluded = ["bela"]
        archive.send(Events.submitted(request, time: archive.time(intake)))
        let lines = try archive.explain("rq-1", whyNot: "bela")
        #expect(lines.contains { $0.hasSuffix("bela: excluded by excluded") }, "\(lines)")
    }

    @Test("what time does to a request later on does not move its amendment")
    func timers() throws {
        var archive = try Self.archive("anna", "bela")
        archive.send(Events.submitted(Self.request, time: archive.time()))
        var other = Self.request
        other.priority = "urgent"
        archive.send(Events.amended(other, id: "new", time: archive.time()))
        let made = try archive.made("rq-1/1/1")
        archive.send(Events.response(.givenBack, to: made, time: archive.time()))
        archive.pass(hours: 24 * 8)
        let story = Self.story(try archive.explain("rq-1"))
        #expect(story.prefix(4).map { $0.prefix(1) } == ["←", "→", "←", "←"], "\(story)")
        #expect(story.suffix(3).map { $0.prefix(1) } == ["→", "!", "!"], "\(story)")
        #expect(story[2] == "← amended by", "\(story)")
    }
}
