internal import OpinionFlow

// The data of an event, which is JSON wherever it stands.
extension CloudEvent {
    /// The value of a record as JSON; a pointer begins with `place`.
    static func parse(
        _ value: [UInt8],
        with json: JSONReader,
        at place: String = ""
    ) throws(Refusal) -> JSONValue {
        do throws(JSONRefusal) {
            return try json.parse(value).root
        } catch {
            throw Refusal(
                error.kind == .tooLarge ? .tooLarge : .notJSON,
                at: MemberNames.known(place + error.pointer)
            )
        }
    }

    /// `data`, or `data_base64` where the sender holds bytes; nil when neither is there.
    static func data(of root: JSONValue, with json: JSONReader) throws(Refusal) -> JSONValue? {
        let data = try root.member("data")
        guard let encoded = root["data_base64"], !encoded.isNull else { return data }
        guard data == nil, let text = encoded.anyTextBytes, let bytes = Base64.decoded(text) else {
            throw Refusal(.notCloudEvent, at: "/data_base64")
        }
        do throws(Refusal) {
            return try parse(bytes, with: json, at: "/data")
        } catch {
            throw Refusal(
                error.reason,
                at: error.pointer == "/data" ? "/data_base64" : error.pointer
            )
        }
    }
}

/// RFC 4648 §4: bytes as text, four characters for three of them.
enum Base64 {
    /// nil: it is none, or isn't padded.
    static func decoded(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let padding = text.suffix(2).reduce(0) { $0 + ($1 == UInt8(ascii: "=") ? 1 : 0) }
        guard text.count % 4 == 0 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var (bits, count): (UInt32, Int) = (0, 0)
        for character in text.dropLast(padding) {
            guard let digit = digit(character) else { return nil }
            bits = bits << 6 | digit
            count += 6
            guard count >= 8 else { continue }
            count -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
        }
        return bytes
    }

    private static func digit(_ character: UInt8) -> UInt32? {
        switch character {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character) - 65
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character) - 71
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character) + 4
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
