internal import OpinionFlow

/// A media type with its parameters (RFC 9110 §8.3), as far as it matters to who reads JSON.
///
/// Types, names of parameters and charsets are compared without case.
struct MediaType {
    private let subtype: ArraySlice<UInt8>
    /// Whether no charset is named but UTF-8, the only one JSON is exchanged in (RFC 8259 §8.1).
    private(set) var isUTF8 = true
    /// `application/cloudevents` with whatever follows.
    let announcesCloudEvent: Bool

    /// nil: the text is no media type.
    init?(_ text: ArraySlice<UInt8>) {
        var rest = text
        guard let type = rest.takeToken(), rest.take("/"), let subtype = rest.takeToken() else {
            return nil
        }
        self.subtype = subtype
        announcesCloudEvent =
            type.isEqual(toLowerCase: "application")
            && subtype.begins(withLowerCase: "cloudevents")
        while rest.skipBlanks(), rest.take(";") {
            guard let isUTF8 = rest.takeParameter() else { return nil }
            self.isUTF8 = self.isUTF8 && isUTF8
        }
        guard rest.isEmpty else { return nil }
    }

    /// `json`, or another name and `+json`.
    var isJSON: Bool {
        subtype.isEqual(toLowerCase: "json")
            || subtype.count > 5 && subtype.suffix(5).isEqual(toLowerCase: "+json")
    }

    /// CloudEvents' JSON format for one event.
    var isStructured: Bool {
        announcesCloudEvent && subtype.isEqual(toLowerCase: "cloudevents+json")
    }
}

/// What the headers of a record say of the event in it.
struct Content {
    /// The value of `content-type`; nil: unset.
    let type: ArraySlice<UInt8>?
    /// Whether `content-type` stands there twice.
    let isAmbiguous: Bool
    /// Structured mode by the Kafka protocol binding: a content type that begins with `application/cloudevents`.
    let isStructured: Bool
    /// Binary mode: not structured, and `ce_specversion` is set.
    let isBinary: Bool

    init(of headers: [Header]) {
        var (type, isAmbiguous, hasVersion): (ArraySlice<UInt8>?, Bool, Bool) = (nil, false, false)
        for header in headers {
            guard let value = header.value else { continue }
            if header.isContentType {
                isAmbiguous = type != nil
                type = value[...]
            } else if header.name == "ce_specversion" {
                hasVersion = true
            }
        }
        self.type = type
        self.isAmbiguous = isAmbiguous
        isStructured = type?.begins(withLowerCase: "application/cloudevents") ?? false
        isBinary = !isStructured && hasVersion
    }

    /// - Throws: ``Refusal`` `not-cloudevent`, when the value can't be the JSON that we read.
    func check() throws(Refusal) {
        guard !isAmbiguous else { throw Refusal(.notCloudEvent, at: "/datacontenttype") }
        if isStructured {
            guard let type, Self.isStructured(type) else { throw Refusal(.notCloudEvent) }
        } else if isBinary, let type {
            try Self.check(dataType: type)
        }
    }

    /// Nearly everybody writes it in one of two ways.
    private static func isStructured(_ type: ArraySlice<UInt8>) -> Bool {
        if type.isText(Envelope.contentType) || type.isText("application/cloudevents+json") {
            return true
        }
        guard let media = MediaType(type) else { return false }
        return media.isStructured && media.isUTF8
    }

    /// The attribute `datacontenttype`: JSON in UTF-8.
    static func check(dataType: ArraySlice<UInt8>) throws(Refusal) {
        if dataType.isText("application/json") { return }
        guard let media = MediaType(dataType), media.isJSON, media.isUTF8 else {
            throw Refusal(.notCloudEvent, at: "/datacontenttype")
        }
    }
}

extension Header {
    fileprivate var isContentType: Bool {
        name.utf8.count == 12 && name.utf8.span.begins(withLowerCase: "content-type".utf8.span)
    }
}

extension ArraySlice<UInt8> {
    /// Whether it is that word, whatever the case of its ASCII letters.
    func isEqual(toLowerCase word: String) -> Bool {
        count == word.utf8.count && begins(withLowerCase: word)
    }

    /// Compares byte by byte; bit 5 makes an ASCII letter lower case and leaves `-`, `/`, `+` and digits alone.
    func begins(withLowerCase word: String) -> Bool {
        span.begins(withLowerCase: word.utf8.span)
    }

    /// RFC 9110's `token`; nil when there is none.
    fileprivate mutating func takeToken() -> Self? {
        let token = prefix(while: \.isTokenCharacter)
        self = self[token.endIndex...]
        return token.isEmpty ? nil : token
    }

    /// A text in quotes, without them; none with a backslash.
    private mutating func takeQuoted() -> Self? {
        guard take("\"") else { return nil }
        let text = prefix { $0 == 0x09 || 0x20...0x7e ~= $0 && $0 != 0x22 && $0 != 0x5c }
        self = self[text.endIndex...]
        return take("\"") ? text : nil
    }

    /// A parameter, or nothing between two semicolons.
    ///
    /// - Returns: Whether it names no charset but UTF-8; nil: it is no parameter.
    fileprivate mutating func takeParameter() -> Bool? {
        skipBlanks()
        guard let name = takeToken() else { return true }
        guard take("="), let value = takeToken() ?? takeQuoted() else { return nil }
        return !name.isEqual(toLowerCase: "charset") || value.isEqual(toLowerCase: "utf-8")
    }

    /// - Returns: Always true, so that it can stand in a condition.
    @discardableResult
    fileprivate mutating func skipBlanks() -> Bool {
        self = drop { $0 == 0x20 || $0 == 0x09 }
        return true
    }

    fileprivate mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let first, UInt32(first) == character.value else { return false }
        removeFirst()
        return true
    }
}

extension Span<UInt8> {
    fileprivate func begins(withLowerCase word: Span<UInt8>) -> Bool {
        guard count >= word.count else { return false }
        return word.indices.allSatisfy { self[$0] | 0x20 == word[$0] }
    }
}

extension UInt8 {
    /// RFC 9110's `tchar`.
    fileprivate var isTokenCharacter: Bool {
        isLetter || isDigit || "!#$%&'*+-.^_`|~".utf8.contains(self)
    }
}
