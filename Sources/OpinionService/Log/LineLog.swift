internal import Foundation
package import Logging
internal import Synchronization

/// swift-log's way to our lines: fixed message, details as fields.
package struct LineLog: LogHandler {
    package var metadata: Logger.Metadata = [:]
    private let output: LineOutput
    private let threshold: LogThreshold
    /// Set for this handler alone; nil: it follows the threshold that all share.
    private var ownLevel: Logger.Level?

    package var logLevel: Logger.Level {
        get { ownLevel ?? threshold.level }
        set { ownLevel = newValue }
    }

    package init(_ output: LineOutput, threshold: LogThreshold) {
        self.output = output
        self.threshold = threshold
    }

    package init(_ output: LineOutput, level: Logger.Level) {
        self.init(output, threshold: LogThreshold(level))
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

/// The least important level that is written, shared by all who log and changed while they do.
package final class LogThreshold: Sendable {
    private let current: Mutex<Logger.Level>

    package init(_ level: Logger.Level) { current = Mutex(level) }

    package var level: Logger.Level {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
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
