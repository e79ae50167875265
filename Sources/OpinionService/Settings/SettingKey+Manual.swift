extension SettingKey {
    /// The table of settings in opiniond(8): every one with its default, its meaning and what it takes.
    package static var manual: String {
        sections.map { section in
            ".SS \(section)\n" + all.filter { $0.section == section }.map(\.entry).joined()
        }.joined()
    }

    private var entry: String {
        let text = (lines + ["Takes \(kind.wanted)."]).map { Roff.line($0) + "\n" }.joined()
        return ".TP\n\\fB\(Roff.escaped(name))\\fR: \(Roff.escaped(standard.yaml))\n" + text
    }
}

/// The language of manual pages (groff_man(7)).
enum Roff {
    /// A line of text that comes out as it is, whatever it begins with.
    static func line(_ text: String) -> String {
        let escaped = escaped(text)
        return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
    }

    /// Text that comes out as it is inside a line.
    static func escaped(_ text: String) -> String {
        text.map { escapes[$0] ?? String($0) }.joined()
    }

    /// What would else be a request, or come out as another character.
    private static let escapes: [Character: String] = [
        "\\": "\\e", "-": "\\-", "'": "\\(aq", "\"": "\\(dq", "`": "\\(ga", "^": "\\(ha",
        "~": "\\(ti",
    ]
}
