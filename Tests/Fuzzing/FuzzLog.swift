import Logging
import OpinionService
import Synchronization

/// Where services under test log to: every line is looked at, and those that could fool a reader kept.
enum FuzzLog {
    static let output = LineOutput(sink: sink, format: .logfmt, isJournal: false)
    static let logger = Logger(label: "fuzz") { _ in LineLog(output, level: .debug) }

    private static let unsafeLines = Mutex<[String]>([])
    private static let sink = LineSink(write: { text in
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        for line in lines where !line.hasPrefix("time=") || !line.unicodeScalars.allSatisfy(isPlain)
        {
            unsafeLines.withLock { $0.append(line.debugDescription) }
        }
    })

    static func takeUnsafeLines() -> [String] {
        unsafeLines.withLock { lines in
            defer { lines = [] }
            return lines
        }
    }

    /// No value that comes from outside is ever logged but ids, which are printable ASCII.
    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool { 0x20...0x7e ~= scalar.value }
}
