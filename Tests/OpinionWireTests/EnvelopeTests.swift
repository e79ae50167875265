import OpinionFlow
import OpinionWire
import Testing

/// The envelope of an event: modes, content types, what is unset, and where the data stands.
@Suite("Envelope")
struct EnvelopeTests {
    private static let attributes = [
        ("specversion", "1.0"), ("id", "e1"), ("source", "/x"),
        ("type", "org.opiniond.request.withdrawn.v1"), ("time", "2026-11-22T10:00:00Z"),
    ]
    private static let data = #"{"requestId":"rq-1","networkId":"net-1"}"#
    private static let base64 = "eyJyZXF1ZXN0SWQiOiJycS0xIiwibmV0d29ya0lkIjoibmV0LTEifQ=="

    private func record(_ value: String, _ headers: [(String, String?)]) -> Record {
        var record = Examples.record(Topic.requests, "net-1", Array(value.utf8), [:])
        record.headers = headers.map { Header($0.0, $0.1.map { Array($0.utf8) }) }
        return record
    }

    /// With more members behind the attributes and before the end.
    private func structured(
        _ members: String = "\"data\":\(Self.data)",
        type: String? = "application/cloudevents+json"
    ) -> Record {
        let attributes = Self.attributes.map { "\"\($0)\":\"\($1)\"," }.joined()
        return record("{\(attributes)\(members)}", [("content-type", type)])
    }

    private func binary(_ more: [(String, String?)], without name: String = "") -> Record {
        let attributes = Self.attributes.filter { $0.0 != name }.map { ("ce_\($0)", $1 as String?) }
        return record(Self.data, attributes + more)
    }

    private static let noEvent = Refusal(.notCloudEvent)
    private static let noDataType = Refusal(.notCloudEvent, at: "/datacontenttype")

    // MARK: Content types

    @Test(
        "a content type that begins with application/cloudevents is structured mode, in JSON or refused",
        arguments: [
            ("application/cloudevents+json", nil),
            ("APPLICATION/CloudEvents+JSON ; charset=\"utf-8\"; x=1;", nil),
            ("application/cloudevents+json;charset=UTF-8", nil),
            ("application/cloudevents+json; charset=latin1", noEvent),
            ("application/cloudevents+json; charset", noEvent),
            ("application/cloudevents+jsonx", noEvent), ("application/cloudevents+avro", noEvent),
            ("application/cloudevents+protobuf", noEvent), ("application/cloudevents+xml", noEvent),
            ("application/cloudevents-batch+json", noEvent), ("application/cloudevents", noEvent),
            ("application/cloudevents+json/x", noEvent), (" application/cloudevents+json", nil),
        ] as [(String, Refusal?)]
    )
    func structuredTypes(type: String, refusal: Refusal?) {
        #expect(Examples.refusal(of: structured(type: type)) == refusal)
        guard type.first != " " else { return }
        #expect(Examples.refusal(of: binary([("Content-Type", type)])) == refusal ?? noSpecversion)
    }

    /// What a structured event is refused for whose value is only data.
    private let noSpecversion = Refusal(.notCloudEvent, at: "/specversion")

    @Test(
        "the data is JSON in UTF-8, in both modes alike",
        arguments: [
            ("application/json", nil), ("application/fhir+json; charset=utf-8", nil),
            ("Text/JSON;CHARSET=\"UTF-8\"", nil), ("application/json;profile=\"a;b\"", nil),
            ("application/json; charset=us-ascii", noDataType), ("text/plain", noDataType),
            ("application/json; charset=utf-8; charset=latin1", noDataType), ("", noDataType),
            ("application/jsonx", noDataType), ("application/+json", noDataType),
            ("json", noDataType), ("application/avro", noDataType), ("application/", noDataType),
            ("application/json; =1", noDataType), ("application/json, x", noDataType),
        ] as [(String, Refusal?)]
    )
    func dataTypes(type: String, refusal: Refusal?) {
        let quoted = type.replacing("\"", with: "\\\"")
        let event = structured("\"datacontenttype\":\"\(quoted)\",\"data\":\(Self.data)")
        #expect(Examples.refusal(of: event) == refusal)
        #expect(Examples.refusal(of: binary([("content-type", type)])) == refusal)
    }

    @Test("two content types are one too many")
    func ambiguous() {
        let twice = [("content-type", "application/json" as String?)]
        #expect(Examples.refusal(of: binary(twice + twice)) == Self.noDataType)
        #expect(Examples.refusal(of: binary(twice + [("content-type", nil)])) == nil)
    }

    // MARK: Unset attributes

    @Test("a header without a value is one that isn't there, whichever attribute it is")
    func unset() {
        for name in ["content-type", "ce_time", "ce_subject", "ce_dataschema", "ce_id"] {
            let doubled = binary([(name, nil)])
            #expect(Examples.refusal(of: doubled) == nil, "\(name) beside a value")
        }
        #expect(Examples.refusal(of: binary([("ce_time", nil)], without: "time")) == nil)
        for name in ["id", "source", "type"] {
            let missing = Refusal(.notCloudEvent, at: "/\(name)")
            #expect(Examples.refusal(of: binary([("ce_\(name)", nil)], without: name)) == missing)
        }
        var event = structured(type: nil)
        event.headers.append(Header("ce_specversion", nil))
        #expect(Examples.refusal(of: event) == nil)
    }

    @Test(
        "a null member is one that isn't there",
        arguments: ["subject", "datacontenttype", "dataschema", "traceparent", "data_base64"]
    )
    func null(name: String) {
        let event = structured("\"\(name)\":null,\"data\":\(Self.data)")
        #expect(Examples.refusal(of: event) == nil)
        #expect(Examples.refusal(of: record("{\"specversion\":null}", [])) == noSpecversion)
    }

    // MARK: Data

    @Test("data in Base64 is read as if it stood there itself, however long it is")
    func encoded() throws {
        let reader = EventReader(ReaderSettings(policy: Examples.policy))
        let event = try reader.event(
            structured("\"data_base64\":\"\(Self.base64)\""),
            from: .requests
        )
        #expect(try event == reader.event(structured(), from: .requests))
        let blanks = String(repeating: "ICAg", count: 4_000)
        let long = structured("\"data_base64\":\"\(blanks)\(Self.base64)\"")
        #expect(try event == reader.event(long, from: .requests))
    }

    @Test(
        "data in Base64 that is none, or no JSON, is refused where it stands",
        arguments: [
            (#""data_base64":"e30""#, Refusal(.notCloudEvent, at: "/data_base64")),
            (#""data_base64":"e3 0""#, Refusal(.notCloudEvent, at: "/data_base64")),
            (#""data_base64":"e===""#, Refusal(.notCloudEvent, at: "/data_base64")),
            (#""data_base64":7"#, Refusal(.notCloudEvent, at: "/data_base64")),
            (#""data_base64":"e30=","data":{}"#, Refusal(.notCloudEvent, at: "/data_base64")),
            (
                #""data_base64":"e30=","data_base64":"e30=""#,
                Refusal(.notCloudEvent, at: "/data_base64")
            ),
            (#""data_base64":"""#, Refusal(.notJSON, at: "/data_base64")),
            (#""data_base64":"ew==""#, Refusal(.notJSON, at: "/data_base64")),
            (#""data_base64":"W10=""#, Refusal(.schema, at: "/data")),
            (#""data_base64":"e30=""#, Refusal(.schema, at: "/data/networkId")),
        ]
    )
    func undecodable(members: String, refusal: Refusal) {
        #expect(Examples.refusal(of: structured(members)) == refusal)
    }

    // MARK: What nobody reads

    @Test(
        "a member nobody reads costs nothing, whatever it holds, in both modes alike",
        arguments: [
            #""x":1e400"#, #""x":123456789012345678901234567890"#, #""x":"\ud800""#,
            #""x":"\u0000""#,
            #""x":1,"x":2"#, #""\ud800":1"#, #""x":{"y":[{"z":1,"z":1e999}]}"#,
            #""\#(String(repeating: "k", count: 129))":1"#,
            #""x":"\#(String(repeating: "s", count: 9_000))""#,
            #""\#(String(repeating: "k", count: 66_000))":1"#,
        ]
    )
    func unread(member: String) {
        let data = "{\(member),\(Self.data.dropFirst())"
        #expect(Examples.refusal(of: structured("\(member),\"data\":\(data)")) == nil)
        var event = binary([])
        event.value = Array(data.utf8)
        #expect(Examples.refusal(of: event) == nil)
    }

    @Test(
        "a member that is read is refused where it could be read in two ways, in both modes alike",
        arguments: [
            (#""reason":1e400"#, "/data/reason"), (#""reason":"\ud800""#, "/data/reason"),
            (#""reason":"\u0000""#, "/data/reason"),
            (#""reason":"a","\u0072eason":"b""#, "/data/reason"),
            (#""networkId":"net-2""#, "/data/networkId"),
        ]
    )
    func read(member: String, pointer: String) {
        let refusal = Refusal(.notInteroperable, at: pointer)
        let data = "{\(member),\(Self.data.dropFirst())"
        #expect(Examples.refusal(of: structured("\"data\":\(data)")) == refusal)
        var event = binary([])
        event.value = Array(data.utf8)
        #expect(Examples.refusal(of: event) == refusal)
    }

    @Test("a string that is read may not be too long")
    func long() {
        let long = String(repeating: "s", count: 9_000)
        let event = structured("\"data\":{\"reason\":\"\(long)\",\(Self.data.dropFirst())")
        #expect(Examples.refusal(of: event) == Refusal(.tooLarge, at: "/data/reason"))
    }

    @Test("a pointer ends before a name that no schema knows")
    func pointer() {
        let deep = String(repeating: "[", count: 33) + String(repeating: "]", count: 33)
        for (member, pointer) in [
            ("\"Jane.Doe-1951\":{\"a\":\(deep)}", "/data"),
            ("\"patient\":{\"Jane-Doe\":{\"ref\":\(deep)}}", "/data/patient"),
            ("\"conditions\":[1,{\"079\":\(deep)}]", "/data/conditions/1"),
            ("\"conditions\":{\"079\":{\"code\":\(deep)}}", "/data/conditions"),
            (
                "\"languages\":[[\(deep)]]",
                "/data/languages/0/0" + String(repeating: "/0", count: 28)
            ),
        ] {
            let event = structured("\"data\":{\(member),\(Self.data.dropFirst())")
            #expect(Examples.refusal(of: event) == Refusal(.tooLarge, at: pointer))
        }
    }
}
