/// What events take as names, for whoever writes such names elsewhere, as settings do.
package enum Shape {
    /// 1 to 128 printable ASCII characters, no space.
    package static func isID(_ text: String) -> Bool {
        (1...Limit.idBytes).contains(text.utf8.count)
            && text.utf8.allSatisfy { UInt8(ascii: "!")...UInt8(ascii: "~") ~= $0 }
    }

    /// An ISO 3166-1 country or 3166-2 subdivision in force: `IN`, `IN-KA`.
    package static func isJurisdiction(_ text: String) -> Bool {
        let bytes = Array(text.utf8)[...]
        return Jurisdiction.canonical(bytes) == bytes
    }
}
