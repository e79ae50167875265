/// Countries (ISO 3166-1) and their subdivisions (ISO 3166-2): `IN`, `IN-KA`.
///
/// A code that another one has replaced is the new one: `IN-OR` is `IN-OD`.
package enum Jurisdiction {
    private static let codes: Set<UInt64> = {
        var codes = CodeList.codes(JurisdictionTable.countries)
        for (country, parts) in CodeList.entries(JurisdictionTable.subdivisions, ":") {
            for part in parts.split(separator: ",") {
                codes.insert(CodeList.packed("\(country)-\(part)".utf8) ?? 0)
            }
        }
        return codes
    }()
    private static let aliases = CodeList.pairs(JurisdictionTable.aliases)
    private static let suggestions = CodeList.pairs(JurisdictionTable.suggestions)

    /// The code in force; nil when there is none.
    ///
    /// - Complexity: a look into a set.
    static func canonical(_ code: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let packed = CodeList.packed(code) else { return nil }
        if codes.contains(packed) { return code }
        return aliases[packed].map { Array($0.utf8)[...] }
    }

    /// The nearest code to one that doesn't exist: in capitals, of another list, or the country; nil when none is near.
    static func nearest(_ text: ArraySlice<UInt8>) -> String? {
        let capitals = text.prefix(8).map { byte in
            byte == UInt8(ascii: "_") ? UInt8(ascii: "-") : byte.isSmallLetter ? byte - 0x20 : byte
        }
        let country = capitals.prefix { $0 != UInt8(ascii: "-") }
        let found = canonical(capitals[...]) ?? canonical(country)
        if let found { return String(decoding: found, as: UTF8.self) }
        return CodeList.packed(country).flatMap { suggestions[$0] }
    }
}
