import Foundation
import OpinionTesting
import OpinionWire
import Testing

extension EndToEndTests {
    private static let inFull = ["OPINIOND_EVENTS_DECISIONS": "full"]

    @Test("decisions in full tell what was found of everybody, and explain reads them")
    func decisions() throws {
        let ground = try Ground(Broker.shared.get(), counts: [Topic.decisions: 1])
        try ground.send([
            Events.profiled(Events.Specialist(id: "anna", units: 1)),
            Events.profiled(Events.Specialist(id: "bela", families: ["lung"])),
        ])
        let daemon = try ground.readyDaemon(Self.inFull)
        let reader = try ground.reader(Topic.decisions)
        try ground.send([Events.submitted(Events.Request(id: "rq-1"))])
        #expect(
            try Self.findings(reader) == ["rq-1/1/1 for anna", "anna ranked", "bela expertise"]
        )
        try ground.send([Events.submitted(Events.Request(id: "rq-2"))])
        #expect(
            try Self.findings(reader) == ["rq-2/1/1 for nobody", "anna capacity", "bela expertise"]
        )
        #expect(try daemon.terminate() == 0)

        let text = try explain(ground, "rq-1", "--why-not", "bela")
        #expect(text.contains("bela: excluded by expertise"), "\(text)")
    }

    @Test("without their topic the start is refused, with its name")
    func noDecisions() throws {
        let ground = try Ground(Broker.shared.get(), shards: 1)
        let soon = ["OPINIOND_KAFKA_TOPICS_WAIT_SECONDS": "1"]
        let daemon = try ground.daemon(Self.inFull.merging(soon) { $1 })
        #expect(try daemon.exitCode() == 78)
        #expect(daemon.tail.contains("missing topics: \(ground.prefix)\(Topic.decisions)"))
    }

    private static func findings(_ reader: TopicReader) throws -> [String] {
        let record = try #require(reader.waitFor(1).first?.value)
        let event = try JSONSerialization.jsonObject(with: Data(record)) as? [String: Any]
        let data = try #require(event?["data"] as? [String: Any])
        let found = (data["candidates"] as? [[String: Any]] ?? []).map {
            "\($0["specialistId"] ?? "") \($0["excludedBy"] as? String ?? "ranked")"
        }
        return ["\(data["assignmentId"] ?? "") for \(data["chosen"] as? String ?? "nobody")"]
            + found
    }
}
