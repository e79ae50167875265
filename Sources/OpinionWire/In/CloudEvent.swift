internal import OpinionFlow

/// A CloudEvent 1.0 as it came over Kafka, in either mode.
///
/// The Kafka protocol binding: structured when the content type says so; binary when there is a
/// `ce_specversion` header; else structured if the value is an object that has `specversion`.
package struct CloudEvent {
    package let id: String
    /// UTF-8 that is compared and hashed but never passed on.
    package let source: ArraySlice<UInt8>
    package let type: ArraySlice<UInt8>
    /// Milliseconds since 1970; nil when not stated.
    package let time: Int64?
    package let data: JSONValue
}

extension CloudEvent {
    /// Headers of one record at most, and the bytes of its key and headers together.
    static let headersMax = 32
    static let nameBytesMax = 8_192
    /// Bytes of an attribute at most.
    static let attributeBytesMax = 2_048
    /// Bytes of an event's id at most: what we write repeats it as `causationid`.
    static let idBytesMax = 256

    /// Reads the envelope.
    ///
    /// - Complexity: O(bytes); of the attributes one string is made.
    /// - Throws: ``Refusal`` `not-json`, `too-large`, `not-cloudevent` or `schema` (data that is no object).
    static func read(_ record: Record, with json: JSONReader) throws(Refusal) -> CloudEvent {
        try checkSize(of: record)
        guard let value = record.value else { throw Refusal(.notCloudEvent) }
        let root = try parse(value, with: json)
        guard root.kind == .object else { throw Refusal(.notCloudEvent) }
        switch try Attributes(of: record, root) {
        case .inHeaders(let attributes): return try CloudEvent(attributes, data: root)
        case .inValue(let attributes): return try CloudEvent(attributes, data: root["data"])
        }
    }

    static func parse(_ value: [UInt8], with json: JSONReader) throws(Refusal) -> JSONValue {
        do throws(JSONRefusal) {
            return try json.parse(value).root
        } catch {
            throw Refusal(error.kind == .tooLarge ? .tooLarge : .notJSON, at: error.pointer)
        }
    }

    private static func checkSize(of record: Record) throws(Refusal) {
        var (count, bytes) = (record.headers.count, record.nameBytes)
        // What was added to forward it doesn't make it too large.
        if let added = record.headers.last, added.tellsOrigin {
            count -= 1
            bytes -= added.byteCount
        }
        guard count <= headersMax, bytes <= nameBytesMax else { throw Refusal(.tooLarge) }
    }

    private init(_ attributes: some AttributeSource, data: JSONValue?) throws(Refusal) {
        guard try attributes.required("specversion").isText("1.0") else {
            throw Refusal(.notCloudEvent, at: "/specversion")
        }
        id = try Self.safe(try attributes.required("id"))
        source = try attributes.required("source")
        type = try attributes.required("type")
        time = try Self.time(try attributes.optional("time"))
        guard let data, data.kind == .object else { throw Refusal(.schema, at: "/data") }
        self.data = data
    }

    /// An id that can be repeated in a header: printable ASCII, no space.
    static func safe(_ id: ArraySlice<UInt8>) throws(Refusal) -> String {
        guard id.count <= idBytesMax, id.allSatisfy({ 0x21...0x7e ~= $0 }) else {
            throw Refusal(.notCloudEvent, at: "/id")
        }
        return String(decoding: id, as: UTF8.self)
    }

    private static func time(_ text: ArraySlice<UInt8>?) throws(Refusal) -> Int64? {
        guard let text else { return nil }
        guard let time = Timestamp.milliseconds(text) else {
            throw Refusal(.notCloudEvent, at: "/time")
        }
        return time
    }
}

/// Where the attributes of an event stand.
enum Attributes {
    case inHeaders(HeaderAttributes)
    case inValue(ValueAttributes)

    init(of record: Record, _ root: JSONValue) throws(Refusal) {
        let isStructured = record.headers.contains {
            $0.name.isEqual(toLowerCase: "content-type") && $0.isStructuredContent
        }
        if !isStructured, record.headers.contains(where: { $0.name == "ce_specversion" }) {
            self = .inHeaders(HeaderAttributes(headers: record.headers))
        } else if isStructured || root["specversion"] != nil {
            self = .inValue(ValueAttributes(root: root))
        } else {
            throw Refusal(.notCloudEvent, at: "/specversion")
        }
    }
}

protocol AttributeSource {
    /// An attribute's UTF-8; nil when it isn't there or null, which is the same.
    func optional(_ name: StaticString) throws(Refusal) -> ArraySlice<UInt8>?
}

extension AttributeSource {
    func required(_ name: StaticString) throws(Refusal) -> ArraySlice<UInt8> {
        guard let text = try optional(name), !text.isEmpty,
            text.count <= CloudEvent.attributeBytesMax
        else { throw Refusal(.notCloudEvent, at: "/\(name)") }
        return text
    }
}

struct ValueAttributes: AttributeSource {
    let root: JSONValue

    func optional(_ name: StaticString) throws(Refusal) -> ArraySlice<UInt8>? {
        guard let value = root[name], !value.isNull else { return nil }
        guard let text = value.textBytes else { throw Refusal(.notCloudEvent, at: "/\(name)") }
        return text
    }
}

struct HeaderAttributes: AttributeSource {
    let headers: [Header]

    func optional(_ name: StaticString) throws(Refusal) -> ArraySlice<UInt8>? {
        let wanted = "ce_\(name)"
        let found = headers.filter { $0.name == wanted }
        guard let header = found.first else { return nil }
        guard found.count == 1,
            let text = header.value, String(validating: text, as: UTF8.self) != nil
        else { throw Refusal(.notCloudEvent, at: "/\(name)") }
        return text[...]
    }
}

extension String {
    /// Whether it is that word, whatever the case of its ASCII letters.
    fileprivate func isEqual(toLowerCase word: String) -> Bool {
        utf8.count == word.utf8.count && utf8.span.begins(withLowerCase: word.utf8.span)
    }
}

extension Span<UInt8> {
    /// Compares byte by byte; bit 5 makes an ASCII letter lower case and leaves `-`, `/`, `+` alone.
    fileprivate func begins(withLowerCase word: Span<UInt8>) -> Bool {
        guard count >= word.count else { return false }
        return word.indices.allSatisfy { self[$0] | 0x20 == word[$0] }
    }
}

extension Header {
    /// Whether it announces structured mode; compared without case, parameters ignored.
    fileprivate var isStructuredContent: Bool {
        guard let value else { return false }
        return value.span.begins(withLowerCase: "application/cloudevents+json".utf8.span)
    }
}
