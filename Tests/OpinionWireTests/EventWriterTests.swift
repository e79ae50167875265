import Foundation
import OpinionFlow
import OpinionMatching
import OpinionWire
import Testing

/// What is written fits the published schemas, which list every member there may be.
@Suite("Events out")
struct EventWriterTests {
    private func written(_ mode: EventWriter.Mode) -> [Written] {
        let writer = EventWriter(groupID: "opiniond", mode: mode, policy: Examples.policy)
        var batch = RecordBatch()
        for announcement in Scene.whole().announcements {
            writer.write(announcement, into: &batch)
        }
        for reason in Refusal.Reason.allCases {
            writer.writeRefused(
                Refusal(reason, at: "/data/conditions/0"),
                of: Examples.incoming[0].record(),
                about: RequestKey(network: "net", request: "r9"),
                because: reason == .schema ? nil : Cause(eventID: "e9"),
                at: Scene.begin,
                into: &batch
            )
        }
        return Written.all(in: batch)
    }

    /// The event as one object, whichever mode it was written in.
    private func structured(_ record: Written) -> [String: Any] {
        guard let value = record.value,
            let object = try? JSONSerialization.jsonObject(with: Data(value)) as? [String: Any]
        else { return [:] }
        if object["specversion"] != nil { return object }
        var event: [String: Any] = ["data": object]
        for header in record.headers {
            let text = header.value.map { String(decoding: $0, as: UTF8.self) } ?? ""
            if header.name.hasPrefix("ce_") { event[String(header.name.dropFirst(3))] = text }
            if header.name == "content-type" { event["datacontenttype"] = text }
        }
        return event
    }

    private func type(_ event: [String: Any]) -> String {
        String((event["type"] as? String ?? "").dropFirst("org.opiniond.".count))
    }

    @Test("every event fits its schema and the envelope's", arguments: EventWriter.Mode.allCases)
    func fits(mode: EventWriter.Mode) {
        let envelope = Schema(of: "cloudevent")
        for record in written(mode) {
            let event = structured(record)
            let name = type(event)
            #expect(Schema(of: name).problems(of: event) == [], "\(record.text ?? "")")
            #expect(envelope.problems(of: event) == [], "\(record.text ?? "")")
            #expect(record.key == event["subject"] as? String)
            let topics: [String: OutTopic] = [
                "report.ready.v1": .reports, "decision.made.v1": .decisions,
            ]
            #expect(record.topic == topics[name, default: .assignments])
            #expect(record.partition == nil)
        }
    }

    @Test("both modes say the same")
    func modes() {
        let (whole, split) = (written(.structured), written(.binary))
        #expect(whole.count == split.count)
        for (left, right) in zip(whole, split) {
            #expect(Examples.bytes(structured(left)) == Examples.bytes(structured(right)))
        }
    }

    @Test("the scene says every kind of news, every reason and both kinds of term")
    func coverage() {
        let events = written(.structured).map(structured)
        #expect(
            Set(events.map(type)) == [
                "assignment.made.v1", "assignment.rescinded.v1", "request.waiting.v1",
                "request.unmatchable.v1", "request.closed.v1", "request.refused.v1",
                "report.ready.v1", "request.escalated.v1",
                "request.awaiting-records.v1", "request.reminder.v1", "decision.made.v1",
            ]
        )
        let reasons = events.filter { type($0) == "assignment.rescinded.v1" }
            .compactMap { ($0["data"] as? [String: Any])?["reason"] as? String }
        #expect(
            Set(reasons) == [
                "declined", "given-back", "amended", "request-withdrawn", "specialist-retired",
                "reported", "timed-out", "accepted-elsewhere", "request-expired", "directed",
            ]
        )
        let text = written(.structured).compactMap(\.text).joined()
        #expect(text.contains(#""declined":1000000"#))
        #expect(text.contains(#""language":null"#) && text.contains(#""language":"kn-IN""#))
        #expect(text.contains(#""role":"chair""#) && text.contains(#""kind":"panel""#))
        #expect(text.contains(#""missing":[3,4,5]"#) || text.contains(#""missing":[4,5]"#))
        #expect(text.contains(#""directed":{"operatorId":"op-9","reason":"patient-wish"}"#))
        let own = events.filter { type($0) != "request.refused.v1" }
        #expect(Set(own.compactMap { $0["id"] as? String }).count == own.count)
    }

    @Test("an assignment as the contract shows it, byte for byte")
    func golden() throws {
        var scene = Scene()
        scene.profile("bela", units: 8)
        scene.say("rq", .submitted(Scene.submission { $0.languages = ["ta", "en-IN"] }))
        let announcement = try #require(scene.announcements.first)
        var batch = RecordBatch()
        for mode in EventWriter.Mode.allCases {
            EventWriter(groupID: "g", mode: mode, policy: Examples.policy)
                .write(announcement, into: &batch)
        }
        let sha256 = Examples.policy.sha256
        let data = """
            {"requestId":"rq","networkId":"net","assignmentId":"rq/1/1",\
            "seat":{"id":1,"discipline":"medical-oncology","role":"member","covers":["breast"]},\
            "specialistId":"bela","attempt":1,"mode":"assign","acceptBy":null,\
            "dueBy":"2026-11-25T10:00:00.250Z","priority":"urgent","language":"en-IN",\
            "load":{"unitsBefore":0,"cost":1,"capacity":8},\
            "policy":{"name":"default","sha256":"\(sha256)"},\
            "decision":{"considered":1,"eligible":1,"excluded":{},\
            "step":{"number":0,"relaxed":[]},"candidates":[{"specialistId":"bela","score":500,\
            "terms":{"utilisation":0,"language":500}}]}}
            """
        let written = Written.all(in: batch)
        #expect(
            written[0].text == """
                {"specversion":"1.0","id":"rq@net/1","source":"/opiniond/g",\
                "type":"org.opiniond.assignment.made.v1","time":"2026-11-22T10:00:00.250Z",\
                "subject":"rq","datacontenttype":"application/json",\
                "dataschema":"https://opiniond.org/schemas/assignment.made.v1.json",\
                "correlationid":"rq","causationid":"e1","data":\(data)}
                """
        )
        let trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        #expect(
            written[0].headers.lines == [
                "content-type: application/cloudevents+json; charset=UTF-8",
                "traceparent: \(trace)",
            ]
        )
        #expect(written[1].text == data)
        #expect(
            written[1].headers.lines == [
                "ce_specversion: 1.0", "ce_id: rq@net/1", "ce_source: /opiniond/g",
                "ce_type: org.opiniond.assignment.made.v1",
                "ce_time: 2026-11-22T10:00:00.250Z", "ce_subject: rq",
                "content-type: application/json",
                "ce_dataschema: https://opiniond.org/schemas/assignment.made.v1.json",
                "ce_correlationid: rq", "ce_causationid: e1", "traceparent: \(trace)",
            ]
        )
    }

    @Test("the walker of schemas finds each kind of fault, so that its silence says something")
    func walker() throws {
        let schema = Schema(root: [
            "type": "object", "required": ["a"], "additionalProperties": false,
            "properties": [
                "a": ["$ref": "#/$defs/id"], "b": ["type": "integer", "minimum": 1],
                "c": ["enum": ["x", "y"]], "d": ["const": "1.0"],
                "e": ["type": "array", "items": ["type": "boolean"], "maxItems": 1],
                "f": ["oneOf": [["type": "null"], ["type": "string"]]],
            ],
            "$defs": ["id": ["type": "string", "pattern": "^[!-~]+$", "maxLength": 3]],
        ])
        let faults = [
            #"{"a":"x","b":1,"c":"x","d":"1.0","e":[true],"f":null}"#: [],
            #"{}"#: ["/a: missing"],
            #"{"a":"x y"}"#: ["/a: not of the pattern"],
            #"{"a":"xxxx"}"#: ["/a: 4 long"],
            #"{"a":1}"#: ["/a: integer is not string"],
            #"{"a":"x","z":1}"#: ["/z: not in the schema"],
            #"{"a":"x","b":0}"#: ["/b: out of range"],
            #"{"a":"x","b":true}"#: ["/b: boolean is not integer"],
            #"{"a":"x","b":1.5}"#: ["/b: number is not integer"],
            #"{"a":"x","c":"z"}"#: ["/c: none of the enum"],
            #"{"a":"x","d":"2.0"}"#: ["/d: not the constant"],
            #"{"a":"x","e":[1]}"#: ["/e/0: integer is not boolean"],
            #"{"a":"x","e":[true,true]}"#: ["/e: 2 long"],
            #"{"a":"x","f":1}"#: ["/f: fits 0 of oneOf"],
        ]
        for (text, expected) in faults {
            #expect(schema.problems(ofText: text) == expected, "\(text)")
        }
    }
}

extension [Header] {
    /// `name: value` of each.
    var lines: [String] {
        map { "\($0.name): \($0.value.map { String(decoding: $0, as: UTF8.self) } ?? "null")" }
    }
}
