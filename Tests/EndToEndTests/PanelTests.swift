import Foundation
import OpinionTesting
import OpinionWire
import Testing

extension EndToEndTests {
    /// Who sits on a panel for breast cancer with a secondary in the liver.
    private static let staff = [
        ("paul", "pathology", "breast"), ("rita", "radiology", "breast"),
        ("mona", "medical-oncology", "breast"), ("sven", "surgical-oncology", "breast"),
        ("raja", "radiation-oncology", "breast"), ("hana", "hpb-surgery", "hpb"),
    ]

    @Test("a panel goes through both phases, an end of the process between them, and is explained")
    func panel() throws {
        let ground = try Ground(Broker.shared.get())
        try ground.send(
            Self.staff.map { name, discipline, family in
                var specialist = Events.Specialist(id: name, families: [family])
                specialist.discipline = discipline
                return Events.profiled(specialist)
            }
        )
        var request = Events.Request(id: "rq-1", firstOpinion: "dr-first")
        request.kind = "panel"
        request.secondaries = ["C78.7"]
        let first = try ground.readyDaemon()
        try ground.send([Events.submitted(request)])
        let assignments = try ground.reader(Topic.assignments)
        let confirming = try assignments.waitFor(2).map { try OutEvent($0) }
        #expect(Set(confirming.compactMap(\.data.specialistId)) == ["paul", "rita"])
        first.kill(SIGKILL)

        let second = try ground.readyDaemon()
        try ground.send(confirming.map { Events.response(.delivered, to: $0) })
        let advising = try assignments.waitFor(4).map { try OutEvent($0) }
        #expect(Set(advising.compactMap(\.data.specialistId)) == ["mona", "sven", "raja", "hana"])
        try ground.send(advising.map { Events.response(.delivered, to: $0) })
        let report = try OutEvent(#require(ground.reader(Topic.reports).waitFor(1).first))
        #expect(report.data.reports?.count == 6)
        #expect(try second.terminate() == 0)
        try expectExplanation(ground)
    }

    private func expectExplanation(_ ground: Ground) throws {
        let text = try explain(ground, "rq-1", "--why-not", "sven")
        let parts = [
            "rq-1 in net-a",
            "← submitted as submit-rq-1: routine panel, breast with hpb, in en, due",
            "→ paul gets rq-1/1/1: pathology for breast",
            "of 6 active 1 could; not: expertise 1, discipline 4",
            "the best, lower first: paul 0 (utilisation 0)",
            "sven: excluded by discipline",
            "→ mona gets rq-1/3/1: chair, medical-oncology for breast",
            "sven is who got it", "→ hana gets rq-1/6/1: hpb-surgery for hpb",
            "sven: excluded by expertise", "← rq-1/6/1 delivered: confirmed, agree",
            "✓ report: diagnosis confirmed, treatment agree, unanimous", "6 of 6 seats; ",
        ]
        for part in parts { #expect(text.contains(part), "\(part)\n\(text)") }
        #expect(try explain(ground, "rq-2").hasPrefix("the topics hold nothing about rq-2"))
    }

    func explain(_ ground: Ground, _ arguments: String...) throws -> String {
        let settings = [
            "--config", "/dev/null", "--set", "kafka.bootstrapServers=\(ground.broker.address)",
            "--set", "kafka.topicPrefix=\(ground.prefix)",
        ]
        let program = try Program.built("opinionctl")
        let output = try Program.run(program, ["explain"] + arguments + settings).output
        return String(decoding: output, as: UTF8.self)
    }
}
