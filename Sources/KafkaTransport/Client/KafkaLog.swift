internal import Synchronization

/// One line of the client library's own log.
package struct KafkaLogLine: Hashable, Sendable {
    /// Severity as in syslog: 0 emergency … 7 debug.
    package var level: Int32
    /// The library's short code of what spoke, such as `FAIL` or `CONFWARN`.
    package var facility: String
    /// At most ``KafkaLog/textBytesMax`` bytes of untrusted text: escape it before it is printed.
    package var text: String

    package init(level: Int32, facility: String, text: String) {
        self.level = level
        self.facility = facility
        self.text = text
    }
}

/// The last lines the client library logged, waiting to be printed.
///
/// librdkafka logs from its own threads, which must not wait and must not call it back: a line is
/// copied, and when nobody drains, the oldest lines are dropped and counted.
/// Any thread may call any member.
package final class KafkaLog: Sendable {
    package static let linesMax = 1_000
    package static let textBytesMax = 512

    private struct State {
        var lines: [KafkaLogLine] = []
        /// Where the oldest line lies once `lines` is full.
        var oldest = 0
        var dropCount = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// How many lines have been dropped so far.
    package var dropCount: Int { state.withLock { $0.dropCount } }

    /// Takes the lines out, oldest first.
    package func drain() -> [KafkaLogLine] {
        let (lines, oldest) = state.withLock { state in
            defer {
                state.lines = []
                state.oldest = 0
            }
            return (state.lines, state.oldest)
        }
        return Array(lines[oldest...] + lines[..<oldest])
    }

    func append(_ line: KafkaLogLine) {
        state.withLock { state in
            guard Self.linesMax <= state.lines.count else {
                state.lines.append(line)
                return
            }
            state.lines[state.oldest] = line
            state.oldest = (state.oldest + 1) % Self.linesMax
            state.dropCount += 1
        }
    }
}
