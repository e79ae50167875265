internal import OpinionService
internal import OpinionWire

/// The table of all topics that `opinionctl topics verify` shows.
struct TopicTable {
    let site: KafkaSite
    /// Partitions by topic; those that aren't there are missing.
    let counts: [String: Int]
    let look: TopicLook
    let findings: [TopicFinding]

    /// Properties that have a column.
    private static let properties = [
        "cleanup.policy", "min.insync.replicas", "retention.ms", "segment.bytes",
        "max.message.bytes", "message.timestamp.type",
    ]

    private static let headings = ["topic", "partitions", "replicas"] + properties + [""]

    var lines: [String] {
        let rows = [Self.headings] + TopicRole.needed(by: site).map(row)
        let widths = Self.headings.indices.map { column in
            rows.map { $0[column].count }.max() ?? 0
        }
        return rows.map { row in
            let cells = zip(row, widths).map { text, width in
                text + String(repeating: " ", count: width - text.count)
            }
            return cells.dropLast().joined(separator: "  ") + "  " + (row.last ?? "")
        }
    }

    private func row(_ role: TopicRole) -> [String] {
        let name = site.name(role.topic)
        let seen = look.topics.first { $0.name == name }
        let cells =
            [counts[name].map(String.init), seen?.replicas.map(String.init)]
            + Self.properties.map { seen?.properties[$0] }
        return [name] + cells.map { $0 ?? "-" } + [verdict(role, name)]
    }

    private func verdict(_ role: TopicRole, _ name: String) -> String {
        guard let count = counts[name] else { return "missing" }
        let shards = counts[site.inputs[0]] ?? count
        if role.count == .shards, count != shards {
            return "must have \(shards) partitions, as \(site.inputs[0]) has"
        }
        let own = findings.filter { $0.topic == name }
        let wrong = own.filter { $0.severity == .refuse }.map(\.key)
        if !wrong.isEmpty { return "WRONG: \(wrong.joined(separator: ", "))" }
        return own.isEmpty ? "ok" : "look at \(own.map(\.key).joined(separator: ", "))"
    }
}
