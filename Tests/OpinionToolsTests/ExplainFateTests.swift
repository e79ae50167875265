import OpinionTesting
import OpinionTools
import OpinionWire
import Testing

@Suite("What explain says became of what came in")
struct ExplainFateTests {
    private static func archive(_ overrides: [String] = []) throws -> Archive {
        var archive = try Archive(overrides)
        archive.send(Events.profiled(Events.Specialist(id: "anna"), time: archive.time()))
        return archive
    }

    private static let request = Events.Request(id: "rq-1")

    /// What came in, without its time.
    private static func heard(_ lines: [String]) -> [String] {
        lines.compactMap { line in line.firstIndex(of: "←").map { String(line[$0...]) } }
            .map { String($0.split(separator: ", due")[0]) }
    }

    @Test("a record in another partition was forwarded, and its copy is told in full")
    func forwarded() throws {
        var archive = try Self.archive()
        let home = archive.home
        archive.send(Events.submitted(Self.request, time: archive.time()), to: 1 - home)
        #expect(
            Self.heard(try archive.explain("rq-1")) == [
                "← submitted as submit-rq-1: forwarded to its partition, \(home)",
                "← submitted as submit-rq-1: routine single, breast, in en",
            ]
        )
    }

    @Test("whoever claims to be a copy of something else isn't believed")
    func forged() throws {
        var archive = try Self.archive()
        var other = Events.withdrawn("rq-1", of: "net-a", time: archive.time())
        let place = "\(Topic.requests)/\(archive.home)/0"
        other.headers = [Header("opiniond-forwarded", Array(place.utf8))]
        archive.send(Events.submitted(Self.request, time: archive.time()))
        archive.send(other)
        #expect(
            Self.heard(try archive.explain("rq-1")) == [
                "← submitted as submit-rq-1: routine single, breast, in en",
                "← withdrawn by withdraw-rq-1",
            ]
        )
    }

    @Test("what says again what was said is a repetition, under its own id or another")
    func repeated() throws {
        var archive = try Self.archive()
        archive.send(Events.submitted(Self.request, time: archive.time()))
        archive.send(Events.submitted(Self.request, time: archive.time()))
        archive.send(Events.submitted(Self.request, id: "again", time: archive.time()))
        let made = try archive.made("rq-1/1/1")
        archive.send(Events.response(.delivered, to: made, time: archive.time()))
        archive.send(Events.response(.delivered, to: made, id: "again-2", time: archive.time()))
        #expect(
            Self.heard(try archive.explain("rq-1")) == [
                "← submitted as submit-rq-1: routine single, breast, in en",
                "← submitted as submit-rq-1: a repetition, nothing done",
                "← submitted as again: a repetition, nothing done",
                "← rq-1/1/1 delivered: confirmed, agree",
                "← rq-1/1/1 delivered: a repetition, nothing done",
            ]
        )
    }

    @Test("what the intake changes when the request has ended does nothing, and is told so")
    func late() throws {
        var archive = try Self.archive()
        archive.send(Events.submitted(Self.request, time: archive.time()))
        let made = try archive.made("rq-1/1/1")
        archive.send(Events.response(.delivered, to: made, time: archive.time()))
        archive.send(Events.amended(Self.request, id: "amend", time: archive.time(60)))
        archive.send(Events.withdrawn("rq-1", of: "net-a", time: archive.time(60)))
        #expect(
            Self.heard(try archive.explain("rq-1")).suffix(2) == [
                "← amended by amend: after the end, nothing done",
                "← withdrawn by withdraw-rq-1: after the end, nothing done",
            ]
        )
    }

    @Test("that an event's id was refused later, with other content, is no effect of the event")
    func reused() throws {
        var archive = try Self.archive()
        var other = Self.request
        other.priority = "stat"
        archive.send(Events.submitted(Self.request, time: archive.time(-40)))
        archive.send(Events.withdrawn("rq-1", of: "net-a", time: archive.time(-30)))
        archive.send(Events.amended(Self.request, id: "amend", time: archive.time(-20)))
        archive.send(Events.amended(other, id: "amend", time: archive.time(-20)))
        archive.send(Events.submitted(Self.request, id: "again", time: archive.time(-10)))
        #expect(
            Self.heard(try archive.explain("rq-1")).suffix(3) == [
                "← amended by amend: after the end, nothing done",
                "← amended by amend: refused: conflict at /id",
                "← submitted as again: a repetition, nothing done",
            ]
        )
    }

    @Test("what was refused is told with the reason of then, its dead letter there or gone")
    func refused() throws {
        var archive = try Self.archive(["matching.gates.consent=true"])
        archive.send(Events.submitted(Self.request, time: archive.time()))
        #expect(
            Self.heard(try archive.explain("rq-1")) == [
                "← submitted as submit-rq-1: refused: no-consent at /data/consent"
            ]
        )
        archive.lose { $0.topic == Topic.deadLetters }
        #expect(
            Self.heard(try archive.explain("rq-1")) == [
                "← submitted as submit-rq-1: refused: no-consent at /data/consent"
            ]
        )
    }

    @Test("a response that was refused is told from its dead letter, readable or not")
    func refusedResponse() throws {
        var archive = try Self.archive()
        archive.send(Events.submitted(Self.request, time: archive.time()))
        let made = try archive.made("rq-1/1/1")
        archive.send(
            Events.response(.accepted, to: made, specialist: "bela", time: archive.time())
        )
        var garbled = Events.response(.delivered, to: made, id: "odd", time: archive.time())
        garbled.value = garbled.value.map {
            Array(String(decoding: $0, as: UTF8.self).replacing("agree", with: "perhaps").utf8)
        }
        archive.send(garbled)
        #expect(
            Self.heard(try archive.explain("rq-1")).dropFirst() == [
                "← rq-1/1/1 accepted: refused: wrong-specialist at /data/specialistId",
                "← what can't be read, odd: refused: schema at /data/opinion/treatment/verdict",
            ]
        )
    }

    @Test("who directed a seat to whom is told, and why not where a rule forbids it")
    func directed() throws {
        var archive = try Self.archive()
        archive.send(Events.submitted(Self.request, time: archive.time()))
        for (name, families) in [("bela", ["breast"]), ("cleo", ["lung"])] {
            let specialist = Events.Specialist(id: name, families: families)
            archive.send(Events.profiled(specialist, time: archive.time()))
        }
        for name in ["cleo", "dora", "bela", "bela"] {
            let id = "direct-\(name)"
            archive.send(Events.directed("rq-1", to: name, id: id, time: archive.time()))
        }
        let lines = try archive.explain("rq-1", whyNot: "anna")
        let said = "operator op-9 directed the open seat to"
        #expect(
            Self.heard(lines).dropFirst() == [
                "← \(said) cleo (continuity): refused: not-eligible (expertise) at /data/specialistId",
                "← \(said) dora (continuity): refused: not-eligible (unknown) at /data/specialistId",
                "← \(said) bela (continuity)",
                "← \(said) bela (continuity): a repetition, nothing done",
            ]
        )
        let told = lines.map { $0.drop { $0 == " " } }
        #expect(told.contains { $0.hasSuffix("↩ anna gives up rq-1/1/1: directed") })
        #expect(told.contains("operator op-9 directed it to bela (continuity)"))
        #expect(told.contains("anna: operator op-9 directed it to bela (continuity)"))
        #expect(!told.contains { $0.contains("✗ refused") })
    }

    @Test("what was refused is no repetition when it is sent again and taken")
    func taken() throws {
        var archive = try Self.archive()
        archive.send(Events.submitted(Self.request, time: archive.time()))
        let early = Events.response(.delivered, to: try archive.made("rq-1/1/1"))
        archive = try Self.archive()
        archive.send(early)
        archive.send(Events.submitted(Self.request, time: archive.time()))
        archive.send(early)
        let heard = Self.heard(try archive.explain("rq-1"))
        #expect(
            heard.filter { $0.contains("delivered") } == [
                "← rq-1/1/1 delivered: refused: not-open at /data/assignmentId",
                "← rq-1/1/1 delivered: confirmed, agree",
            ]
        )
    }

    @Test("what was taken is told so, whatever the gates of today say")
    func otherGates() throws {
        var archive = try Self.archive()
        archive.send(Events.submitted(Self.request, time: archive.time()))
        let today = [
            "events.allowedSources=/elsewhere", "matching.gates.consent=true",
            "limits.members=64", "limits.stringBytes=256",
        ]
        let heard = Self.heard(try archive.explain("rq-1", today))
        #expect(heard == ["← submitted as submit-rq-1: routine single, breast, in en"])
    }

    @Test("an amendment that an earlier one overtook changed nothing")
    func overtaken() throws {
        var archive = try Self.archive()
        archive.send(Events.submitted(Self.request, time: archive.time()))
        var other = Self.request
        other.priority = "urgent"
        archive.send(Events.amended(other, id: "new", time: archive.time()))
        other.priority = "stat"
        archive.send(Events.amended(other, id: "old", time: archive.time(-90)))
        let heard = Self.heard(try archive.explain("rq-1"))
        #expect(heard.contains("← amended by old: overtaken by what came before, nothing done"))
        #expect(heard.contains("← amended by new: urgent single, breast, in en"))
    }

    @Test("what the intake says is judged by the rules of the core, where nothing was told of it")
    func replayed() throws {
        var archive = try Self.archive()
        archive.send(Events.withdrawn("rq-1", of: "net-a", time: archive.time()))
        archive.send(Events.submitted(Self.request, time: archive.time()))
        archive.send(Events.submitted(Self.request, id: "again", time: archive.time()))
        var twice = Events.withdrawn("rq-1", of: "net-a", time: archive.time(-900))
        twice.value = twice.value.map {
            Array(
                String(decoding: $0, as: UTF8.self).replacing("withdraw-rq-1", with: "twice").utf8
            )
        }
        archive.send(twice)
        #expect(
            Self.heard(try archive.explain("rq-1")) == [
                "← withdrawn by withdraw-rq-1",
                "← submitted as submit-rq-1: overtaken by what came before, nothing done",
                "← submitted as again: a repetition, nothing done",
                "← withdrawn by twice: after the end, nothing done",
            ]
        )
    }

    @Test("an amendment that says again what is in force is taken like any other")
    func sameAmendment() throws {
        var archive = try Self.archive()
        archive.send(Events.submitted(Self.request, time: archive.time()))
        var other = Self.request
        other.priority = "urgent"
        for id in ["one", "two"] {
            archive.send(Events.amended(other, id: id, time: archive.time()))
        }
        #expect(
            Self.heard(try archive.explain("rq-1")).dropFirst() == [
                "← amended by one: urgent single, breast, in en",
                "← amended by two: urgent single, breast, in en",
            ]
        )
    }
}
