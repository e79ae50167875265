// How long files are.
extension SoundRule {
    /// Longer ones hold two things, but for tables.
    private static let linesMax = 300

    static let length = SoundRule(
        "no source but a table is longer than 300 lines",
        breaking: [
            ("OpinionFlow/Request/X.swift", "let x = 1" + String(repeating: "\n", count: 301)),
            ("OpinionService/Table/X.swift", "let x = 1" + String(repeating: "\n", count: 301)),
        ]
    ) { file in
        let count = file.code.count { $0 == "\n" }
        return count > linesMax && !file.path.hasSuffix("Table.swift") ? "has \(count) lines" : nil
    }
}
