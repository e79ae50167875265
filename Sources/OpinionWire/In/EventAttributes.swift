internal import OpinionFlow

/// Where the attributes of an event stand.
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

    /// A reference to something: printable ASCII, no space.
    func reference(_ text: ArraySlice<UInt8>, _ name: StaticString) throws(Refusal) {
        guard !text.isEmpty, text.count <= CloudEvent.attributeBytesMax, text.isGraphic else {
            throw Refusal(.notCloudEvent, at: "/\(name)")
        }
    }

    /// What nobody here needs, and what still makes no CloudEvent when it is something else.
    func checkOthers() throws(Refusal) {
        if let subject = try optional("subject"), subject.isEmpty {
            throw Refusal(.notCloudEvent, at: "/subject")
        }
        if let schema = try optional("dataschema") { try reference(schema, "dataschema") }
    }
}

/// Of structured mode: members of the value.
struct ValueAttributes: AttributeSource {
    let root: JSONValue

    func optional(_ name: StaticString) throws(Refusal) -> ArraySlice<UInt8>? {
        guard let value = try root.member(name), !value.isNull else { return nil }
        guard let text = value.textBytes else { throw Refusal(.notCloudEvent, at: "/\(name)") }
        return text
    }
}

/// Of binary mode: headers.
struct HeaderAttributes: AttributeSource {
    let headers: [Header]

    func optional(_ name: StaticString) throws(Refusal) -> ArraySlice<UInt8>? {
        let wanted = "ce_\(name)"
        var found = headers.lazy.filter { $0.name == wanted }.compactMap(\.value).makeIterator()
        guard let text = found.next() else { return nil }
        guard found.next() == nil, String(validating: text, as: UTF8.self) != nil else {
            throw Refusal(.notCloudEvent, at: "/\(name)")
        }
        return text[...]
    }
}
