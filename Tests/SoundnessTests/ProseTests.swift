import Foundation
import Testing

/// That the documentation can be read, and names what is there.
@Suite("Documentation")
struct ProseTests {
    private static let articles = "Sources/OpinionService/OpinionService.docc/"

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: SourceFile.root.appending(path: path), encoding: .utf8)
    }

    private static var paths: [String] {
        get throws {
            let folder = SourceFile.root.appending(path: articles).path
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            return ["README.md"]
                + names.filter { $0.hasSuffix(".md") }.sorted().map { articles + $0 }
        }
    }

    /// Lines of prose, with their numbers: no tables, and nothing between fences.
    private static func prose(_ text: String) -> [(number: Int, line: Substring)] {
        var (isFenced, lines): (Bool, [(Int, Substring)]) = (false, [])
        let all = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in all.enumerated() {
            if line.hasPrefix("```") { isFenced.toggle() }
            if !isFenced, !line.hasPrefix("|") { lines.append((index + 1, line)) }
        }
        return lines
    }

    @Test("no line of prose is longer than 120 characters")
    func lines() throws {
        for path in try Self.paths {
            let long = Self.prose(try Self.text(path)).filter { $0.line.count > 120 }
            #expect(long.map(\.number) == [], "\(path)")
        }
    }

    @Test("what is in a table or between fences is no prose")
    func tables() {
        let lines = Self.prose("one\n| two |\n```sh\nthree\n```\nfour").map(\.line)
        #expect(lines == ["one", "```", "four"])
    }

    @Test("every path that the articles name is there")
    func files() throws {
        for path in try Self.paths where path != "README.md" {
            let named = try Self.text(path).matches(
                of: /`((?:Sources|Tests|Deploy|Schemas)\/[^`<… ]*)`/
            )
            for name in named.map({ String($0.output.1) }) {
                let file = SourceFile.root.appending(path: name).path
                #expect(FileManager.default.fileExists(atPath: file), "\(path) names \(name)")
            }
        }
    }

    @Test("every type of the glossary is declared somewhere")
    func glossary() throws {
        let rows = try Self.text(Self.articles + "Glossary.md").split(separator: "\n")
            .filter { $0.hasPrefix("| `") }
        #expect(rows.count > 20)
        for row in rows {
            let name = String(row.split(separator: "`")[1].split(separator: ".").last ?? "")
            #expect(SourceFile.all.contains { $0.declares(name) }, "\(name)")
        }
    }
}

extension SourceFile {
    fileprivate func declares(_ type: String) -> Bool {
        ["struct", "class", "enum", "protocol"].contains { kind in
            code.contains("\(kind) \(type) ") || code.contains("\(kind) \(type):")
                || code.contains("\(kind) \(type)<")
        }
    }
}
