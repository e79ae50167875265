import Foundation
import OpinionTesting
import OpinionWire
import Testing

extension EndToEndTests {
    private static let twoAtOnce = [
        "OPINIOND_MATCHING_MODE": "offer", "OPINIOND_MATCHING_OFFERS_AT_ONCE": "2",
    ]

    @Test("two are asked, one accepts after a crash, and an operator gives the seat to the other")
    func offers() throws {
        let ground = try Ground(Broker.shared.get())
        try ground.send(
            [("anna", "breast"), ("bela", "breast"), ("carl", "lung")].map { name, family in
                var specialist = Events.Specialist(id: name, families: [family], units: 1)
                specialist.isAsked = true
                return Events.profiled(specialist)
            }
        )
        let first = try ground.readyDaemon(Self.twoAtOnce)
        try ground.send([Events.submitted(Events.Request(id: "rq-1"))])
        let assignments = try ground.reader(Topic.assignments)
        let offers = try assignments.waitFor(2).map { try OutEvent($0) }
        #expect(offers.map(\.data.mode) == ["offer", "offer"])
        #expect(Set(offers.compactMap(\.data.specialistId)) == ["anna", "bela"])
        first.kill(SIGKILL)

        let second = try ground.readyDaemon(Self.twoAtOnce)
        try ground.send([Events.response(.accepted, to: offers[1])])
        let lost = try OutEvent(#require(assignments.waitFor(1).first))
        #expect(lost.data.assignmentId == "rq-1/1/1" && lost.data.reason == "accepted-elsewhere")

        try expectDirected(ground, assignments, to: offers[0].data.specialistId ?? "")
        #expect(try second.terminate() == 0)
    }

    /// An operator names somebody who may not have the seat, and then one who may.
    private func expectDirected(
        _ ground: Ground,
        _ assignments: TopicReader,
        to name: String
    ) throws {
        try ground.send([Events.directed("rq-1", to: "carl", id: "d1")])
        let letter = try #require(ground.reader(Topic.deadLetters).waitFor(1).first)
        #expect(letter.header("opiniond-dlq-reason") == "not-eligible")
        #expect(letter.header("opiniond-dlq-rule") == "expertise")
        try ground.send([Events.directed("rq-1", to: name, id: "d2")])
        let told = try assignments.waitFor(2).map { try OutEvent($0) }
        #expect(told[0].data.assignmentId == "rq-1/1/2" && told[0].data.reason == "directed")
        #expect(told[1].data.assignmentId == "rq-1/1/3" && told[1].data.specialistId == name)
        let text = try explain(ground, "rq-1", "--why-not", "carl")
        for part in [
            "operator op-9 directed the open seat to carl (continuity)",
            "not-eligible (expertise) at /data/specialistId",
            "operator op-9 directed it to \(name) (continuity)",
        ] {
            #expect(text.contains(part), "\(part)\n\(text)")
        }
    }
}
