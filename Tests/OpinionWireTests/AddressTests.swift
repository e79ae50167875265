import OpinionFlow
import OpinionWire
import Testing

/// Whom a refused record is about: no request dies in silence whose ids can be read.
@Suite("Whom a refused record is about")
struct AddressTests {
    private let reader = EventReader(ReaderSettings(policy: Examples.policy))

    private func refused(_ value: String, _ headers: [String: String] = [:]) -> String? {
        let record = Examples.record(Topic.requests, "net-1", Array(value.utf8), headers)
        #expect(throws: Refusal.self) { try reader.event(record, from: .requests) }
        return reader.requestRefused(with: record).map {
            "\($0.key.network) \($0.key.request) \($0.cause?.eventID ?? "-")"
        }
    }

    private static let attributes =
        #""specversion":"1.0","id":"e1","source":"/x","type":"org.opiniond.request.submitted.v1""#
    private static let ids = #""requestId":"rq-1","networkId":"net-1""#
    private static let structured = ["content-type": "application/cloudevents+json"]

    @Test(
        "however large or doubtful the rest is",
        arguments: [
            #""note":"\#(String(repeating: "x", count: 9_000))""#,
            #""note":\#(String(repeating: "[", count: 40))\#(String(repeating: "]", count: 40))"#,
            #""notes":[\#(Array(repeating: "1", count: 5_000).joined(separator: ","))]"#,
            #""\#(String(repeating: "n", count: 200))":1"#,
            #""note":"\u0000""#, #""note":1,"note":2"#,
        ]
    )
    func doubtful(rest: String) {
        let value = "{\(Self.attributes),\"data\":{\(Self.ids),\(rest)}}"
        #expect(refused(value) == "net-1 rq-1 e1")
    }

    @Test("without some of the attributes, and by its id where it has one")
    func attributes() {
        let data = "\"data\":{\(Self.ids)}"
        #expect(refused("{\"id\":\"e1\",\(data)}", Self.structured) == "net-1 rq-1 e1")
        #expect(refused("{\"id\":\"e1\",\(data)}") == "net-1 rq-1 e1")
        #expect(refused("{\(data)}") == "net-1 rq-1 -")
        #expect(refused("{\(Self.attributes),\"time\":\"noon\",\(data)}") == "net-1 rq-1 e1")
        #expect(refused("{\(Self.ids)}", ["ce_id": "e1"]) == "net-1 rq-1 e1")
        #expect(refused("{\"id\":\"a b\",\(data)}") == "net-1 rq-1 -")
    }

    @Test("the data of a binary event is its value, whatever members it has")
    func binary() {
        let headers = [
            "ce_specversion": "1.0", "ce_id": "e1", "ce_source": "/x",
            "ce_type": EventType.submitted,
        ]
        let other = #""data":{"requestId":"other","networkId":"elsewhere"}"#
        #expect(refused("{\(Self.ids),\"specversion\":\"1\",\(other)}", headers) == "net-1 rq-1 e1")
        #expect(refused("{\(Self.ids),\"specversion\":\"1\"}", headers) == "net-1 rq-1 e1")
    }

    @Test(
        "nobody is told where it could be either of two",
        arguments: [
            #"{"data":{"requestId":"rq-1","requestId":"rq-2","networkId":"net-1"}}"#,
            #"{"data":{"requestId":"rq-1","networkId":"net-1","networkId":"net-2"}}"#,
            #"{"data":{"requestId":"rq-1","networkId":"net-1"},"data":{}}"#,
            #"{"data":{"requestId":"rq-1"}}"#, #"{"data":"rq-1"}"#, "[]", "{",
        ]
    )
    func ambiguous(value: String) {
        #expect(refused(value, Self.structured) == nil)
    }

    @Test("the event is named whose source may not send")
    func source() {
        let settings = ReaderSettings(allowedSources: ["/intake"], policy: Examples.policy)
        let value = Array("{\(Self.attributes),\"data\":{\(Self.ids)}}".utf8)
        let record = Examples.record(Topic.requests, "net-1", value, [:])
        let address = EventReader(settings).requestRefused(with: record)
        #expect(address?.cause?.eventID == "e1")
    }
}
