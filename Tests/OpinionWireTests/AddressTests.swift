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
            #""note":"\u0000""#, #""note":1,"note":2"#, #""note":1e400"#, #""note":"\ud800""#,
            #""note":123456789012345678901234567890"#, #""conditions":1e400"#,
            #""conditions":[],"conditions":[]"#, #""kind":"\ud800""#,
        ]
    )
    func doubtful(rest: String) {
        let value = "{\(Self.attributes),\"data\":{\(Self.ids),\(rest)}}"
        #expect(refused(value) == "net-1 rq-1 e1")
    }

    /// A record of the requests with readable ids that is refused for that reason; nil: none is.
    ///
    /// Reasons that only the shard knows are told of a record that could be read.
    private func record(_ reason: Refusal.Reason) -> Record? {
        switch reason {
        case .keyMismatch, .wrongSpecialist, .notOpen: nil  // of profiles, responses and directives
        case .notJSON: nil  // nothing can be read
        case .notInteroperable: record(#""kind":"single","kind":"panel""#)
        case .tooLarge: record(#""kind":"\#(String(repeating: "x", count: 9_000))""#)
        case .notCloudEvent: record("", type: "application/cloudevents+avro")
        case .unknownType: record("", event: "teleported")
        case .schema: record("")
        case .unknownFamily: record(code: "Z00.0")
        case .secondaryOnly: record(code: "C79.5")
        case .sourceNotAllowed: record("", source: "/elsewhere")
        case .conflict, .stale, .notEligible, .noConsent, .processorCrash: record(code: "C50.9")
        }
    }

    private func record(code: String) -> Record {
        let system = #""system":"http://hl7.org/fhir/sid/icd-10""#
        return record(#""conditions":[{"role":"primary","code":{\#(system),"code":"\#(code)"}}]"#)
    }

    private func record(
        _ rest: String,
        event: String = "submitted",
        source: String = "/x",
        type: String = "application/cloudevents+json"
    ) -> Record {
        let attributes = Self.attributes.replacing("submitted", with: event).replacing(
            "/x",
            with: source
        )
        let value = "{\(attributes),\"data\":{\(Self.ids)\(rest.isEmpty ? "" : ",")\(rest)}}"
        return Examples.record(Topic.requests, "net-1", Array(value.utf8), ["content-type": type])
    }

    @Test("whatever the reason, the sender hears", arguments: Refusal.Reason.allCases)
    func everyReason(reason: Refusal.Reason) {
        guard let record = record(reason) else { return }
        let settings = ReaderSettings(allowedSources: ["/x"], policy: Examples.policy)
        let refusal = Examples.refusal(of: record, settings)
        #expect(refusal == nil || refusal?.reason == reason)
        let address = EventReader(settings).requestRefused(with: record)
        #expect(address?.key == RequestKey(network: "net-1", request: "rq-1"))
        #expect(address?.cause?.eventID == "e1")
    }

    @Test("data in Base64 is looked into")
    func encoded() {
        let data = #""data_base64":"eyJyZXF1ZXN0SWQiOiJycS0xIiwibmV0d29ya0lkIjoibmV0LTEifQ==""#
        #expect(refused("{\(Self.attributes),\(data)}") == "net-1 rq-1 e1")
        #expect(refused("{\"id\":\"e1\",\(data)}") == "net-1 rq-1 e1")
        #expect(refused("{\(Self.attributes),\"data_base64\":\"e30=\"}") == nil)
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
