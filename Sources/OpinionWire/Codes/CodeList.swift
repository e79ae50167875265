/// Codes out of a table's text, each of up to eight ASCII characters packed into one number.
enum CodeList {
    /// A code as a number; nil for what is longer than any.
    static func packed(_ code: some Collection<UInt8>) -> UInt64? {
        guard code.count <= 8 else { return nil }
        return code.reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// The codes of `aa ab`.
    static func codes(_ text: String) -> Set<UInt64> {
        Set(text.utf8.split(separator: UInt8(ascii: " ")).compactMap(packed))
    }

    /// What `aa=b ab=c` says of each code.
    static func pairs(_ text: String) -> [UInt64: String] {
        var pairs: [UInt64: String] = [:]
        for (code, other) in entries(text, "=") { pairs[packed(code.utf8) ?? 0] = String(other) }
        return pairs
    }

    /// The words on both sides of a sign, in the order of the text.
    static func entries(
        _ text: String,
        _ sign: Character
    ) -> [(Substring, Substring)] {
        text.split(separator: " ").compactMap { entry in
            entry.firstIndex(of: sign).map { (entry[..<$0], entry[$0...].dropFirst()) }
        }
    }
}
