internal import OpinionFlow

/// A CloudEvent 1.0 as it came over Kafka, in either mode.
///
/// The Kafka protocol binding: structured when the content type says so; binary when there is a
/// `ce_specversion` header; else structured if the value is an object that has `specversion`. A header without a value, as
/// a member that is null, is one that isn't there.
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
    /// - Throws: ``Refusal`` `not-json`, `not-interoperable`, `too-large`, `not-cloudevent` or `schema` (data that is no
    ///   object).
    static func read(_ record: Record, with json: JSONReader) throws(Refusal) -> CloudEvent {
        try checkSize(of: record)
        guard let value = record.value else { throw Refusal(.notCloudEvent) }
        let content = Content(of: record.headers)
        try content.check()
        if content.isBinary {
            let data = try parse(value, with: json, at: "/data")
            return try CloudEvent(HeaderAttributes(headers: record.headers), data: data)
        }
        let root = try parse(value, with: json)
        guard root.kind == .object else { throw Refusal(.notCloudEvent) }
        let attributes = ValueAttributes(root: root)
        try checkDataType(attributes)
        return try CloudEvent(attributes, data: try data(of: root, with: json))
    }

    private static func checkDataType(_ attributes: ValueAttributes) throws(Refusal) {
        guard let type = try attributes.optional("datacontenttype") else { return }
        try Content.check(dataType: type)
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
        try attributes.reference(source, "source")
        type = try attributes.required("type")
        time = try Self.time(try attributes.optional("time"))
        try attributes.checkOthers()
        guard let data, data.kind == .object else { throw Refusal(.schema, at: "/data") }
        self.data = data
    }

    /// An id that can be repeated in a header: printable ASCII, no space.
    static func safe(_ id: ArraySlice<UInt8>) throws(Refusal) -> String {
        guard id.count <= idBytesMax, id.isGraphic else {
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

extension ArraySlice<UInt8> {
    /// Whether all bytes are printable ASCII and none a space.
    var isGraphic: Bool { allSatisfy { 0x21...0x7e ~= $0 } }
}
