internal import Foundation
internal import OpinionFlow

/// The health line as Prometheus text, for node_exporter's textfile collector.
///
/// The file is replaced whole (written beside and renamed), so that a reader never sees half of it.
package struct MetricsFile: Sendable {
    private let path: String

    package init(path: String) { self.path = path }

    /// - Throws: When the directory can't be written to.
    package func write(_ health: Health) throws {
        try Data(Self.text(health).utf8).write(to: URL(filePath: path), options: .atomic)
    }

    package static func text(_ health: Health) -> String {
        var text = ""
        for (name, value) in health.fields {
            guard case .number(let number) = value else { continue }
            let type = name.hasSuffix("_total") ? "counter" : "gauge"
            text += "# TYPE opiniond_\(name) \(type)\nopiniond_\(name) \(number)\n"
        }
        text += "# TYPE opiniond_status gauge\n"
        for status in Health.Status.allCases {
            let isIt = status == health.status ? 1 : 0
            text += "opiniond_status{status=\"\(status.rawValue)\"} \(isIt)\n"
        }
        return text + deadLetters(health)
    }

    private static func deadLetters(_ health: Health) -> String {
        let name = "opiniond_dead_letters_by_reason_total"
        return health.tally.dead.sorted.reduce("# TYPE \(name) counter\n") { text, part in
            text + "\(name){reason=\"\(part.reason.rawValue)\"} \(part.entry.count)\n"
        }
    }
}
