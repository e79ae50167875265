internal import OpinionFlow
internal import OpinionMatching

// Reading members of an object strictly. A refusal's pointer is relative to the object it was read
// from; who reads a nested object puts its own name before it. Nothing is built unless it fails.
extension JSONValue {
    /// A member that can be read in one way only; nil when there is none.
    func member(_ name: StaticString) throws(Refusal) -> JSONValue? {
        guard let value = self[name] else { return nil }
        guard value.kind != .flawed else { throw value.flaw.inside("/\(name)") }
        return value
    }

    /// Why a flawed value is refused.
    var flaw: Refusal { Refusal(isTooLong ? .tooLarge : .notInteroperable) }

    /// A member that must be there.
    func required(_ name: StaticString) throws(Refusal) -> JSONValue {
        guard let value = try member(name) else { throw Refusal(.schema, at: "/\(name)") }
        return value
    }

    /// A member of some type, nil when it isn't there.
    func optional<Value>(
        _ name: StaticString,
        _ read: (JSONValue) -> Value?
    ) throws(Refusal) -> Value? {
        guard let member = try member(name) else { return nil }
        guard let value = read(member) else { throw Refusal(.schema, at: "/\(name)") }
        return value
    }

    /// A member of some type that must be there.
    func required<Value>(
        _ name: StaticString,
        _ read: (JSONValue) -> Value?
    ) throws(Refusal) -> Value {
        guard let value = try optional(name, read) else { throw Refusal(.schema, at: "/\(name)") }
        return value
    }

    /// A nested object, nil when it isn't there.
    func object<Value>(
        _ name: StaticString,
        _ read: (JSONValue) throws(Refusal) -> Value
    ) throws(Refusal) -> Value? {
        guard let member = try member(name) else { return nil }
        guard member.kind == .object else { throw Refusal(.schema, at: "/\(name)") }
        do throws(Refusal) {
            return try read(member)
        } catch {
            throw error.inside("/\(name)")
        }
    }

    /// The elements of an array; empty when it isn't there.
    func list<Value>(
        _ name: StaticString,
        most: Int,
        _ read: (JSONValue) throws(Refusal) -> Value
    ) throws(Refusal) -> [Value] {
        var values: [Value] = []
        _ = try forEach(name, most: most) { (element) throws(Refusal) in
            values.append(try read(element))
        }
        return values
    }

    /// Takes each element of an array, none when it isn't there.
    ///
    /// - Returns: How many there are.
    func forEach(
        _ name: StaticString,
        most: Int,
        _ take: (JSONValue) throws(Refusal) -> Void
    ) throws(Refusal) -> Int {
        guard let member = try member(name) else { return 0 }
        guard let elements = member.elements, member.count <= most else {
            throw Refusal(.schema, at: "/\(name)")
        }
        var count = 0
        for element in elements {
            do throws(Refusal) {
                guard element.kind != .flawed else { throw element.flaw }
                try take(element)
            } catch {
                throw error.inside("/\(name)/\(count)")
            }
            count += 1
        }
        return count
    }

    /// The language tags of an array; empty when it isn't there.
    func tags(_ name: StaticString, most: Int) throws(Refusal) -> [String] {
        try list(name, most: most) { (element) throws(Refusal) in
            guard let tag = element.languageTag else { throw Refusal(.schema) }
            return tag
        }
    }

    /// The ids of an array; empty when it isn't there.
    func ids(_ name: StaticString, most: Int) throws(Refusal) -> [String] {
        try list(name, most: most) { (element) throws(Refusal) in
            guard let id = element.id else { throw Refusal(.schema) }
            return id
        }
    }

    // MARK: Types of members

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
        let isMorphology = zip(bytes, 0...).allSatisfy { byte, place in
            place == 4 ? byte == UInt8(ascii: "/") : byte.isDigit
        }
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

    /// A BCP 47 language tag of at most 35 characters (RFC 5646 §4.4.1).
    ///
    /// A language of two to eight letters, then subtags of one to eight letters or digits.
    var languageTagBytes: ArraySlice<UInt8>? {
        guard let bytes = textBytes, (2...35).contains(bytes.count) else { return nil }
        var length = 0
        var isFirst = true
        for byte in bytes {
            if byte == UInt8(ascii: "-") {
                guard (isFirst ? 2 : 1) <= length else { return nil }
                (length, isFirst) = (0, false)
            } else {
                length += 1
                guard byte.isLetter || byte.isDigit && !isFirst, length <= 8 else { return nil }
            }
        }
        return (isFirst ? 2 : 1) <= length ? bytes : nil
    }
    var languageTag: String? { languageTagBytes?.text }

    /// An ISO 3166-1 country or 3166-2 subdivision: `IN`, `IN-KA`.
    var jurisdictionBytes: ArraySlice<UInt8>? {
        textBytes.flatMap { Shape.isJurisdiction($0) ? $0 : nil }
    }
    var jurisdiction: String? { jurisdictionBytes?.text }
}

/// Sizes that keep one record from costing more than it is worth.
///
/// The schemas state the same.
enum Limit {
    static let idBytes = 128
    static let assignmentIDBytes = 160
    static let referenceBytes = 2_048
    static let codeBytes = 64
    static let reasonCharacters = 0...256
    static let stageCharacters = 1...32
    static let conditions = 64
    static let languages = 32
    static let disciplines = 32
    static let excludedSpecialists = 256
    static let questions = 64
    static let records = 256
    static let expertise = 64
    static let licences = 256
    static let practiceGroups = 32
    static let declaredConflicts = 256
    static let absences = 256
    static let answers = 64
    static let birthYears = 1_850...2_200
    static let units = 0...10_000
    static let assignments = 0...10_000
    static let ages = 0...200
    static let ecog = 0...5
    static let seats = 1...9_999
}

extension ArraySlice<UInt8> {
    /// The string of what simdjson has checked to be UTF-8.
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}

extension Refusal {
    /// The same refusal, seen from the object that holds the one it was found in.
    func inside(_ prefix: String) -> Refusal {
        var refusal = self
        refusal.pointer = prefix + pointer
        return refusal
    }
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
