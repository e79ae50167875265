import OpinionService
import OpinionTesting
import OpinionTools
import OpinionWire
import Testing

@Suite("What explain reads")
struct ExplainReadingTests {
    private static func archive() throws -> Archive {
        var archive = try Archive()
        archive.send(Events.profiled(Events.Specialist(id: "anna"), time: archive.time()))
        archive.send(Events.submitted(Events.Request(id: "rq-1"), time: archive.time()))
        return archive
    }

    /// The topics that were read from end to end in all their partitions, by name.
    private func readWhole(_ archive: Archive, _ request: String = "rq-1") throws -> Set<String> {
        var topics: Set<String> = []
        _ = try archive.explain(request) { passage in
            if case .all = passage.part { topics.insert(passage.topic) }
        }
        return topics
    }

    @Test("what was told of a request leads to the partitions in which all else lies")
    func shortcut() throws {
        let archive = try Self.archive()
        #expect(try readWhole(archive) == [Topic.deadLetters])
        #expect(try archive.explain("rq-1").contains { $0.contains("→ anna gets rq-1/1/1") })
    }

    @Test("when some of what was told isn't where it must lie, everything is read")
    func gap() throws {
        var archive = try Self.archive()
        let made = try archive.made("rq-1/1/1")
        archive.send(Events.response(.delivered, to: made, time: archive.time()))
        let whole = try archive.explain("rq-1")
        archive.lose { $0.topic == Topic.assignments }
        #expect(try readWhole(archive).isSuperset(of: [Topic.requests, Topic.responses]))
        #expect(whole.contains { $0.contains("✓ report") })
    }

    @Test("of a request that nothing was told of yet everything is read")
    func untold() throws {
        let archive = try Self.archive()
        #expect(try readWhole(archive, "rq-2").contains(Topic.requests))
    }

    @Test("a wrong network names the right one")
    func otherNetwork() throws {
        let archive = try Self.archive()
        #expect(
            try archive.explain("rq-1", in: "net-b") == ["net-b has no rq-1: say --network net-a"]
        )
        #expect(
            try archive.explain("rq-2", in: "net-b") == ["the topics hold nothing about rq-2"]
        )
    }

    @Test("a network without anybody is told as such")
    func nobody() throws {
        var archive = try Archive()
        archive.send(Events.submitted(Events.Request(id: "rq-1"), time: archive.time()))
        let lines = try archive.explain("rq-1")
        #expect(
            lines.contains {
                $0.hasSuffix(
                    "✗ nobody on the roster may take seat 1: the network has no active specialist"
                )
            },
            "\(lines)"
        )
    }
}
