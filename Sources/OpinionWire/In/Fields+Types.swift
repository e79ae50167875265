internal import OpinionFlow
internal import OpinionMatching

// Types of members: each answers nil for any other value.
extension JSONValue {
    /// An identifier: 1 to 128 printable ASCII characters, no space.
    var idBytes: ArraySlice<UInt8>? { graphicBytes(most: Limit.idBytes) }
    var id: String? { idBytes?.text }

    /// A reference that is passed on: 1 to 2,048 printable ASCII characters, no space.
    var referenceBytes: ArraySlice<UInt8>? { graphicBytes(most: Limit.referenceBytes) }
    var reference: String? { referenceBytes?.text }

    /// A SHA-256 in hexadecimal, in either case: passed on, never compared with anything here.
    var digestBytes: ArraySlice<UInt8>? {
        guard let bytes = textBytes, bytes.count == 64, bytes.allSatisfy(\.isHexDigit) else {
            return nil
        }
        return bytes
    }
    var digest: String? { digestBytes?.text }

    /// A text of so many characters, as Unicode and JSON Schema count them.
    func textBytes(characters: ClosedRange<Int>) -> ArraySlice<UInt8>? {
        guard let bytes = textBytes else { return nil }
        let count = bytes.reduce(0) { $0 + ($1 & 0xc0 == 0x80 ? 0 : 1) }
        return characters.contains(count) ? bytes : nil
    }

    /// FHIR's AdministrativeGender: `male`, `female`, `other` or `unknown`.
    var sexBytes: ArraySlice<UInt8>? {
        let isSex = isText("female") || isText("male") || isText("other") || isText("unknown")
        return isSex ? textBytes : nil
    }
    var sex: String? { sexBytes?.text }

    /// A morphology of ICD-O-3: `8500/3`.
    var morphologyBytes: ArraySlice<UInt8>? {
        guard let bytes = textBytes, bytes.count == 6 else { return nil }
        let span = bytes.span
        let isMorphology =
            span[4] == UInt8(ascii: "/") && span[5].isDigit
            && span.indices.prefix(4).allSatisfy { span[$0].isDigit }
        return isMorphology ? bytes : nil
    }

    /// A code of ours to be: a small letter, then small letters, digits and `-`, 64 at most.
    var codeBytes: ArraySlice<UInt8>? {
        guard let bytes = graphicBytes(most: Limit.codeBytes), bytes[bytes.startIndex].isSmallLetter
        else { return nil }
        let isCode = bytes.allSatisfy { $0.isSmallLetter || $0.isDigit || $0 == UInt8(ascii: "-") }
        return isCode ? bytes : nil
    }

    var moment: Moment? {
        textBytes.flatMap { Timestamp.milliseconds($0) }.map { Moment(milliseconds: $0) }
    }

    /// A date; the whole day counts.
    var day: Day? {
        textBytes.flatMap { Timestamp.day($0) }.map { Day(number: Int32(truncatingIfNeeded: $0)) }
    }

    func integer(in range: ClosedRange<Int>) -> Int? {
        guard let integer, let value = Int(exactly: integer), range.contains(value) else {
            return nil
        }
        return value
    }

    /// A BCP 47 language tag, canonical.
    ///
    /// - Throws: ``Refusal`` with the nearest tag where there is one.
    func languageBytes() throws(Refusal) -> ArraySlice<UInt8> {
        guard let bytes = textBytes else { throw Refusal(.schema) }
        guard let tag = Language.canonical(bytes) else {
            throw Refusal(.schema, suggesting: Language.nearest(bytes))
        }
        return tag
    }
    func language() throws(Refusal) -> String { try languageBytes().text }

    /// An ISO 3166-1 country or 3166-2 subdivision that exists: `IN`, `IN-KA`.
    ///
    /// - Throws: ``Refusal`` with the nearest code where there is one.
    func jurisdictionBytes() throws(Refusal) -> ArraySlice<UInt8> {
        guard let bytes = textBytes else { throw Refusal(.schema) }
        guard let code = Jurisdiction.canonical(bytes) else {
            throw Refusal(.schema, suggesting: Jurisdiction.nearest(bytes))
        }
        return code
    }
    func jurisdiction() throws(Refusal) -> String { try jurisdictionBytes().text }
}

extension ArraySlice<UInt8> {
    /// The string of what simdjson has checked to be UTF-8.
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}

extension UInt8 {
    var isDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }
    var isSmallLetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self }
    var isUpperCaseLetter: Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self }
    var isLetter: Bool { isUpperCaseLetter || isSmallLetter }
    var isHexDigit: Bool {
        isDigit || UInt8(ascii: "a")...UInt8(ascii: "f") ~= self
            || UInt8(ascii: "A")...UInt8(ascii: "F") ~= self
    }
}
