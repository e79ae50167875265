import OpinionFlow
import OpinionMatching
import OpinionWire
import Testing

/// What an operator says, as it is read.
@Suite("Directives in")
struct DirectiveTests {
    private static let examples = Examples.incoming.filter { $0.type == EventType.directed }

    private func read(_ data: [String: Any]) throws -> Message {
        let example = try #require(Self.examples.first)
        var event = example.event
        event["data"] = example.data.merging(data) { $1 }
        let reader = EventReader(ReaderSettings(policy: Examples.policy))
        return try reader.event(example.record(event), from: .requests).message
    }

    @Test("a directive says which seat, if that has to be said, to whom, by whom and why")
    func read() throws {
        for (reason, name) in [
            (Directive.Reason.continuity, "continuity"), (.expertise, "expertise"),
            (.patientWish, "patient-wish"), (.workload, "workload"), (.correction, "correction"),
        ] {
            let authorization = Directive.Authorization(operatorID: "op-9", reason: reason)
            let someone = Specialist.ID("sp-3")
            let open = Directive(seat: nil, specialist: someone, authorization: authorization)
            let second = Directive(seat: 2, specialist: someone, authorization: authorization)
            #expect(try read(["reason": name]) == .directed(open))
            #expect(try read(["reason": name, "seatId": 2]) == .directed(second))
        }
        #expect(Directive.Reason.allCases.count == 5)
    }

    @Test("with a directive no request is refused, in either mode, readable or not")
    func nothingRefused() throws {
        let reader = EventReader(ReaderSettings(policy: Examples.policy))
        let example = try #require(Self.examples.first)
        for record in [example.record(), example.binary] {
            #expect(reader.address(of: record) != nil)
            #expect(reader.requestRefused(with: record) == nil)
        }
        let bad = Examples.bad.filter { $0.testDescription.hasPrefix("schema.directed") }
        #expect(bad.count == 7)
        for example in bad { #expect(reader.requestRefused(with: example.record) == nil) }
    }

    @Test("with any other record of the requests the request that it names is refused")
    func refused() throws {
        let reader = EventReader(ReaderSettings(policy: Examples.policy))
        let others = Examples.incoming.filter {
            $0.topic == Topic.requests && $0.type != EventType.directed
        }
        #expect(others.count >= 7)
        for example in others {
            for record in [example.record(), example.binary] {
                let refused = try #require(reader.requestRefused(with: record))
                #expect(refused.key.request == example.data["requestId"] as? String)
            }
        }
    }
}
