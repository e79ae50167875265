import OpinionTesting
import OpinionTools
import OpinionWire
import Testing

@Suite("Why somebody did not get a seat of a panel")
struct WhyNotTests {
    /// Who confirms and advises on breast cancer, each with an organisation.
    private static let staff = [
        ("paul", "pathology", "org-x"), ("rita", "radiology", "org-x"),
        ("mona", "medical-oncology", "org-mona"), ("sven", "surgical-oncology", "org-sven"),
        ("raja", "radiation-oncology", "org-raja"),
    ]

    private static func profile(
        _ name: String,
        _ discipline: String,
        _ organisation: String,
        _ time: String
    ) -> Outgoing {
        var specialist = Events.Specialist(id: name)
        specialist.discipline = discipline
        var record = Events.profiled(specialist, time: time)
        let more = #""organisationId":"\#(organisation)","languages""#
        record.value = record.value.map {
            Array(String(decoding: $0, as: UTF8.self).replacing("\"languages\"", with: more).utf8)
        }
        return record
    }

    private static func join(
        _ archive: inout Archive,
        _ people: [(String, String, String)]
    ) {
        for (name, discipline, organisation) in people {
            archive.send(profile(name, discipline, organisation, archive.time()))
        }
    }

    private static func deliver(
        _ archive: inout Archive,
        _ assignment: String,
        _ treatment: String = "agree"
    ) throws {
        let made = try archive.made(assignment)
        var record = Events.response(.delivered, to: made, time: archive.time())
        record.value = record.value.map {
            let text = String(decoding: $0, as: UTF8.self)
            return Array(text.replacing("\"agree\"", with: "\"\(treatment)\"").utf8)
        }
        archive.send(record)
    }

    /// A panel whose advisers are asked.
    private static func panel(_ more: [(String, String, String)] = []) throws -> Archive {
        var archive = try Archive()
        join(&archive, staff + more)
        var request = Events.Request(id: "rq-1")
        request.kind = "panel"
        archive.send(Events.submitted(request, time: archive.time()))
        try deliver(&archive, "rq-1/1/1")
        try deliver(&archive, "rq-1/2/1")
        return archive
    }

    /// A panel whose reviewers contradict each other, and who could judge came late.
    private static func contradiction() throws -> Archive {
        var archive = try panel()
        join(
            &archive,
            [
                ("judy", "medical-oncology", "org-judy"), ("lena", "surgical-oncology", "org-lena"),
                ("ken", "surgical-oncology", "org-mona"),
            ]
        )
        try deliver(&archive, "rq-1/3/1")
        try deliver(&archive, "rq-1/4/1", "replace")
        return archive
    }

    /// The last answer about somebody.
    private static func answer(
        _ archive: Archive,
        _ name: String,
        _ overrides: [String] = []
    ) throws -> String {
        let lines = try archive.explain("rq-1", whyNot: name, overrides)
        return lines.last { $0.contains("  \(name): ") }?
            .split(separator: " ").joined(separator: " ") ?? "\(lines)"
    }

    @Test("who judges may have any discipline of the template, not only that of who got it")
    func disciplines() throws {
        let archive = try Self.contradiction()
        let winner = try #require(try archive.made("rq-1/6/1").data.specialistId)
        let other = try #require(["judy": "lena", "lena": "judy"][winner])
        #expect(
            try Self.answer(archive, other) == "\(other): as good, and the tie fell to \(winner)"
        )
    }

    @Test(
        "who judges is independent of the reviewers and where they work",
        arguments: ["ken", "mona"]
    )
    func reviewers(name: String) throws {
        let archive = try Self.contradiction()
        #expect(try Self.answer(archive, name) == "\(name): excluded by independence")
    }

    @Test("an organisation that has all its seats gets no more")
    func organisations() throws {
        let archive = try Self.panel([("xeni", "surgical-oncology", "org-x")])
        let lines = try archive.explain("rq-1", whyNot: "xeni")
        let seat = try #require(lines.firstIndex { $0.contains("→ sven gets rq-1/4/1") })
        let answer = try #require(lines[seat...].first { $0.contains("  xeni: ") })
        #expect(answer.hasSuffix("xeni: excluded by independence"))
    }

    @Test("what the topics don't tell is said, not guessed")
    func gaps() throws {
        var archive = try Self.contradiction()
        let today = ["matching.panels.perOrganisation=3"]
        let other = try archive.made("rq-1/6/1").data.specialistId == "judy" ? "lena" : "judy"
        let disciplines = try Self.answer(archive, other, today)
        #expect(
            disciplines.hasSuffix(
                "(the policy of then was another than the settings'; which disciplines may judge is not told)"
            ),
            "\(disciplines)"
        )
        archive.lose { $0.topic == Topic.specialists && $0.keyText == "mona" }
        let unknown = "there is no profile of mona, who had a seat"
        #expect(
            try Self.answer(archive, "ken")
                == "ken: passes every rule by what the topics hold, but was not among those who could (\(unknown))"
        )
    }

    @Test("by another policy it isn't known how many seats an organisation may have")
    func otherLimit() throws {
        let archive = try Self.panel([("xeni", "surgical-oncology", "org-x")])
        let lines = try archive.explain("rq-1", whyNot: "xeni", ["matching.panels.quorum=3"])
        let seat = try #require(lines.firstIndex { $0.contains("→ sven gets rq-1/4/1") })
        let answer = try #require(lines[seat...].first { $0.contains("  xeni: ") })
        #expect(answer.contains("how many seats an organisation may have is not told"), "\(answer)")
    }
}
