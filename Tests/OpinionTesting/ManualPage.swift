internal import Foundation

/// A manual page, read as far as tests need it.
package struct ManualPage {
    /// Where `name` is kept.
    package static func path(_ name: String) -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return root.appending(path: "Deploy/man/\(name)").path
    }

    /// Without comments, escapes and fonts; macros are still there.
    package let text: String
    private let lines: [String]

    /// - Throws: When there is no such page.
    package init(_ name: String) throws {
        text = Self.plain(try String(contentsOfFile: Self.path(name), encoding: .utf8))
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The line that begins it.
    package var title: String { lines.first { $0.hasPrefix(".TH ") } ?? "" }

    /// What stands below a heading (`.SH` or `.SS`), up to the next one as high.
    package func section(_ heading: String) -> String {
        below(heading).joined(separator: "\n")
    }

    /// What is explained below a heading, each by its first line and the lines of its text.
    package func entries(in heading: String) -> [(tag: String, text: String)] {
        below(heading).split { $0.hasPrefix(".SS ") || $0 == ".PP" }.flatMap { part in
            part.split(separator: ".TP", omittingEmptySubsequences: false).dropFirst().map {
                ($0.first ?? "", $0.dropFirst().joined(separator: "\n"))
            }
        }
    }

    /// What is explained below a heading, name by name: some entries have several.
    package func names(in heading: String) -> [String] {
        entries(in: heading).flatMap { $0.tag.split(separator: ", ").map(String.init) }
    }

    private func below(_ heading: String) -> ArraySlice<String> {
        let headings = [".SH \(heading)", ".SS \(heading)"]
        guard let start = lines.firstIndex(where: headings.contains) else { return [] }
        let ends = lines[start].hasPrefix(".SH ") ? [".SH "] : [".SH ", ".SS "]
        return lines[(start + 1)...].prefix { line in !ends.contains { line.hasPrefix($0) } }
    }

    private static func plain(_ raw: String) -> String {
        let characters = ["aq": "'", "dq": "\"", "ga": "`", "ha": "^", "ti": "~"]
        return raw.replacing(/\.\\".*\n/, with: "").replacing(/\\f[BIR]/, with: "")
            .replacing(/\\\((..)/) { characters[String($0.1)] ?? "?" }
            .replacing("\\-", with: "-").replacing("\\&", with: "").replacing("\\e", with: "\\")
    }
}
