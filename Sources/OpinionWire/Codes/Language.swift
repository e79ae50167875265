/// Language tags (BCP 47), so spelled that what agrees has the same primary subtag.
///
/// Of a language the shortest code that IANA registers counts: `eng` is `en`. A deprecated code is the one that took its
/// place (`iw` is `he`), and the language that is meant by a macro-language is that (`cmn` is `zh`, after CLDR). Other
/// languages of a macro-language stay what they are: who speaks `zh` need not understand `yue`. Bokmål and Nynorsk are
/// both `no`, since who reads one reads the other.
package enum Language {
    private static let codes: Set<UInt64> = {
        var codes = CodeList.codes(LanguageTable.twoLetters)
        for (front, thirds) in CodeList.entries(LanguageTable.threeLetters, ":") {
            for third in thirds.utf8 { codes.insert(CodeList.packed(front.utf8 + [third]) ?? 0) }
        }
        return codes
    }()
    private static let aliases = CodeList.pairs(LanguageTable.aliases)
    private static let extended = CodeList.codes(LanguageTable.extended)
    private static let grandfathered = Dictionary(
        uniqueKeysWithValues: CodeList.entries(LanguageTable.grandfathered, "=").map {
            (String($0), String($1))
        }
    )

    /// The canonical form of a tag; nil when it names no language.
    ///
    /// - Complexity: a look into a set for a code that is canonical; else a few small allocations.
    package static func canonical(_ tag: String) -> String? {
        canonical(Array(tag.utf8)[...]).map { String(decoding: $0, as: UTF8.self) }
    }

    /// The same of UTF-8.
    static func canonical(_ tag: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        if tag.count <= 3, let packed = CodeList.packed(tag), codes.contains(packed) { return tag }
        guard isWellFormed(tag) else { return nil }
        let text = String(decoding: tag, as: UTF8.self).lowercased()
        if let code = grandfathered[text] { return Array(code.utf8)[...] }
        var subtags = text.split(separator: "-")[...]
        guard var language = subtags.popFirst() else { return nil }
        if let next = subtags.first, isListed(next, in: extended) {
            language = next
            subtags.removeFirst()
        }
        guard let code = code(of: language) else { return nil }
        return Array(([code] + cased(kept(subtags))).joined(separator: "-").utf8)[...]
    }

    /// The shortest code of a language, in small letters.
    private static func code(of language: Substring) -> String? {
        guard let packed = CodeList.packed(language.utf8) else { return nil }
        return aliases[packed] ?? (codes.contains(packed) ? String(language) : nil)
    }

    private static func isListed(_ subtag: Substring, in list: Set<UInt64>) -> Bool {
        CodeList.packed(subtag.utf8).map(list.contains) ?? false
    }

    /// A language of two or three letters, then subtags of one to eight letters or digits; 35 characters at most
    /// (RFC 5646 §2.1, §4.4.1).
    private static func isWellFormed(_ tag: ArraySlice<UInt8>) -> Bool {
        let subtags = tag.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return tag.count <= 35 && (2...3).contains(subtags[0].count)
            && subtags[0].allSatisfy(\.isLetter)
            && subtags.dropFirst().allSatisfy {
                (1...8).contains($0.count) && $0.allSatisfy { $0.isLetter || $0.isDigit }
            }
    }

    /// Script and region: what else may stand in a tag (variants, extensions, private use) tells nothing of who
    /// understands whom, and could be any words of the sender's.
    private static func kept(_ subtags: ArraySlice<Substring>) -> ArraySlice<Substring> {
        subtags.prefix { subtag in
            let bytes = subtag.utf8
            return bytes.count == 3 && bytes.allSatisfy(\.isDigit)
                || [2, 4].contains(bytes.count) && bytes.allSatisfy(\.isLetter)
        }
    }

    /// Subtags behind the language as RFC 5646 §2.1.1 spells them: `Hant`, `TW`.
    private static func cased(_ subtags: ArraySlice<Substring>) -> [String] {
        subtags.map { subtag in
            subtag.utf8.count == 4
                ? subtag.prefix(1).uppercased() + subtag.dropFirst() : subtag.uppercased()
        }
    }
}

// What was probably meant by a text that is no tag.
extension Language {
    private static let names = CodeList.entries(LanguageTable.names, "=")
    private static let spoken = CodeList.pairs(LanguageTable.spoken)

    /// The nearest code: of the letters it begins with, of an English name, of a country; nil when none is near.
    static func nearest(_ text: ArraySlice<UInt8>) -> String? {
        let letters = text.prefix(24).prefix(while: \.isLetter)
        let word = String(decoding: letters, as: UTF8.self).lowercased()
        if let code = code(of: word[...]) { return code }
        if word.utf8.count == 2 { return CodeList.packed(word.utf8).flatMap { spoken[$0] } }
        return nearestName(word)
    }

    /// By a name that begins so, or of which no more than two letters are wrong.
    private static func nearestName(_ word: String) -> String? {
        guard word.utf8.count >= 3 else { return nil }
        if let found = names.first(where: { $0.0.hasPrefix(word) }) { return String(found.1) }
        let far = names.map { (distance: Spelling.distance(word, $0.0), code: $0.1) }
        guard let best = far.min(by: { ($0.distance, $0.code) < ($1.distance, $1.code) }),
            best.distance <= 2, best.distance * 2 < word.utf8.count
        else { return nil }
        return String(best.code)
    }
}

/// How far apart two spellings are.
enum Spelling {
    /// Letters to be added, left out or replaced (Levenshtein).
    ///
    /// - Complexity: O(*n* · *m*).
    static func distance(_ one: some StringProtocol, _ other: some StringProtocol) -> Int {
        let other = Array(other.utf8)
        var row = Array(0...other.count)
        for (line, byte) in one.utf8.enumerated() {
            var (diagonal, left) = (row[0], line + 1)
            row[0] = left
            for column in other.indices {
                let replaced = diagonal + (other[column] == byte ? 0 : 1)
                diagonal = row[column + 1]
                left = min(replaced, diagonal + 1, left + 1)
                row[column + 1] = left
            }
        }
        return row[other.count]
    }
}
