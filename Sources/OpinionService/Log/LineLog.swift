internal import Foundation
package import Logging

/// swift-log's way to our lines: fixed message, details as fields.
package struct LineLog: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var logLevel: Logger.Level
    private let output: LineOutput

    package init(_ output: LineOutput, level: Logger.Level) {
        self.output = output
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var fields: [(name: String, value: Line.Value)] = [
            ("kind", .text("log")), ("level", .text(event.level.rawValue)),
            ("msg", .text(event.message.description)),
        ]
        let all = metadata.merging(event.metadata ?? [:]) { $1 }
        for (name, value) in all.sorted(by: { $0.key < $1.key }) {
            fields.append((name, .text(value.description)))
        }
        output.write(Line(event.level.priority, fields))
    }
}

/// Where lines go and how they are written.
package struct LineOutput: Sendable {
    package let sink: LineSink
    private let format: Line.Format
    private let isJournal: Bool

    /// - Parameters:
    ///   - sink: Takes the lines.
    ///   - format: logfmt or JSON.
    ///   - isJournal: Whether journald reads them: each then begins with its priority.
    package init(sink: LineSink, format: Line.Format, isJournal: Bool) {
        self.sink = sink
        self.format = format
        self.isJournal = isJournal
    }

    package func write(_ line: Line) {
        var line = line
        let now = Date().formatted(
            .iso8601.year().month().day().time(includingFractionalSeconds: true)
        )
        line.fields.insert(("time", .text(now + "Z")), at: 0)
        sink.append(line.text(format, isJournal: isJournal))
    }
}

extension Logger.Level {
    fileprivate var priority: Line.Priority {
        switch self {
        case .trace, .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        case .critical: .critical
        }
    }
}
