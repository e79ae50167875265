internal import OpinionFlow
internal import OpinionMatching

/// The attributes of an event that is written.
struct Envelope {
    var id: String
    var type: EnvelopeType
    let time: Moment
    let key: RequestKey
    let cause: Cause?

    static let contentType = "application/cloudevents+json; charset=UTF-8"
    private static let structuredHeaders = [Header("content-type", Array(contentType.utf8))]

    /// Writes the attributes of structured mode.
    func write(_ json: inout JSONWriter, source: String) {
        json.member("specversion", "1.0")
        json.member("id", id)
        json.member("source", source)
        json.member("type", type.name)
        json.member("time", time)
        json.member("subject", key.request)
        json.member("datacontenttype", "application/json")
        json.member("dataschema", type.schema)
        json.member("correlationid", key.request)
        if let cause { json.member("causationid", cause.eventID) }
    }

    /// The headers: of structured mode the content type, of binary mode the attributes; in both the trace.
    func headers(_ mode: EventWriter.Mode, source: String) -> [Header] {
        var headers = mode == .structured ? Self.structuredHeaders : binaryHeaders(source)
        if let trace = cause?.traceparent {
            headers.append(Header("traceparent", Array(trace.utf8)))
        }
        if let trace = cause?.tracestate { headers.append(Header("tracestate", Array(trace.utf8))) }
        return headers
    }

    private func binaryHeaders(_ source: String) -> [Header] {
        var attributes = [
            ("ce_specversion", "1.0"), ("ce_id", id), ("ce_source", source),
            ("ce_type", type.name), ("ce_time", Timestamp.string(time.milliseconds)),
            ("ce_subject", key.request), ("content-type", "application/json"),
            ("ce_dataschema", type.schema), ("ce_correlationid", key.request),
        ]
        if let cause { attributes.append(("ce_causationid", cause.eventID)) }
        return attributes.map { Header($0.0, Array($0.1.utf8)) }
    }
}

/// An event type and where its schema is; literals, so that naming them costs nothing.
struct EnvelopeType {
    let name: String
    let schema: String

    init(_ name: String, _ schema: String) {
        self.name = name
        self.schema = schema
    }
}

extension JSONWriter {
    /// A time as RFC 3339, UTC, with milliseconds.
    mutating func member(_ name: StaticString, _ moment: Moment) {
        member(name, time: moment.milliseconds)
    }

    /// A string, or null when there is none.
    mutating func member(_ name: StaticString, orNull text: String?) {
        if let text { member(name, text) } else { null(name) }
    }
}
