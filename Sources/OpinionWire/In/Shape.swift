/// What events take as names, for whoever writes such names elsewhere, as settings do.
package enum Shape {
    /// 1 to 128 printable ASCII characters, no space.
    package static func isID(_ text: String) -> Bool {
        (1...Limit.idBytes).contains(text.utf8.count)
            && text.utf8.allSatisfy { UInt8(ascii: "!")...UInt8(ascii: "~") ~= $0 }
    }

    /// An ISO 3166-1 country or 3166-2 subdivision: `IN`, `IN-KA`.
    package static func isJurisdiction(_ text: String) -> Bool {
        isJurisdiction(Array(text.utf8)[...])
    }

    static func isJurisdiction(_ bytes: ArraySlice<UInt8>) -> Bool {
        (bytes.count == 2 || (4...6).contains(bytes.count))
            && bytes.prefix(2).allSatisfy(\.isUpperCaseLetter)
            && (bytes.count == 2 || bytes[bytes.startIndex + 2] == UInt8(ascii: "-"))
            && bytes.dropFirst(3).allSatisfy { $0.isUpperCaseLetter || $0.isDigit }
    }
}
