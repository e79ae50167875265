import Foundation

/// A file of `Sources/`, with its comments and the insides of its strings blanked out.
struct SourceFile: Sendable {
    /// Beneath `Sources/`.
    let path: String
    let text: String
    /// The text, but only what the compiler acts on; lines stay where they are.
    let code: String

    var module: String { String(path.split(separator: "/").first ?? "") }

    init(path: String, text: String) {
        self.path = path
        self.text = text
        code = Self.code(of: Array(text))
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Every Swift file there is.
    static let all: [SourceFile] = {
        let sources = root.appending(path: "Sources").standardizedFileURL
        let paths = FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
        var files: [SourceFile] = []
        while let file = paths?.nextObject() as? URL {
            guard file.pathExtension == "swift",
                let text = try? String(contentsOf: file, encoding: .utf8)
            else { continue }
            let path = file.standardizedFileURL.path.dropFirst(sources.path.count)
            files.append(SourceFile(path: String(path.drop { $0 == "/" }), text: text))
        }
        return files.sorted { $0.path < $1.path }
    }()

    // MARK: Reading

    /// What the module imports, by name.
    var imports: [String] {
        code.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), place < 2 || words[0].hasPrefix("@")
            else { return nil }
            return words.last.map { String($0.prefix { $0 != "." }) }
        }
    }

    func contains(word: String) -> Bool {
        code.contains(word: word)
    }

    /// Blanks comments and strings, keeping line ends; interpolations count as string.
    private static func code(of text: [Character]) -> String {
        var code: [Character] = []
        var index = 0
        func begins(_ mark: String) -> Bool {
            let end = index + mark.count
            return end <= text.count && String(text[index..<end]) == mark
        }
        /// Passes over everything up to and with a mark.
        func skip(to mark: String, escapes: Bool) {
            while index < text.count, !begins(mark) {
                if escapes, text[index] == "\\", index + 1 < text.count { index += 1 }
                if text[index].isNewline { code.append("\n") }
                index += 1
            }
            index += mark.count
        }
        while index < text.count {
            if begins("//") {
                while index < text.count, !text[index].isNewline { index += 1 }
            } else if begins("/*") {
                index += 2
                skip(to: "*/", escapes: false)
            } else if begins("#\"") {
                index += 2
                skip(to: "\"#", escapes: false)
                code.append(contentsOf: "\"\"")
            } else if begins("\"\"\"") {
                index += 3
                skip(to: "\"\"\"", escapes: true)
                code.append(contentsOf: "\"\"")
            } else if begins("\"") {
                index += 1
                skip(to: "\"", escapes: true)
                code.append(contentsOf: "\"\"")
            } else {
                code.append(text[index])
                index += 1
            }
        }
        return String(code)
    }
}

extension String {
    /// Whether it holds the word on its own, not as a part of another.
    func contains(word: String) -> Bool {
        ranges(of: word).contains { range in
            let before = range.lowerBound > startIndex ? self[index(before: range.lowerBound)] : " "
            let after = range.upperBound < endIndex ? self[range.upperBound] : " "
            return !before.isPartOfWord && !after.isPartOfWord
        }
    }
}

extension Character {
    fileprivate var isPartOfWord: Bool { isLetter || isNumber || self == "_" }
}
