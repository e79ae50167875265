package import KafkaTransport
internal import Logging

/// What the client library logs, without its repetitions.
///
/// While brokers are away it says the same of each connection every second or two. Lines that differ in
/// numbers only are of one kind: the first of a kind is told at once, and then one a minute with the number of
/// all since. Lines that aren't told by default (debug) pass as they are.
package struct KafkaLogFilter {
    /// Between two lines of one kind.
    package static let quietSeconds = 60.0
    /// Kinds that are kept apart at once; further ones are told as they come.
    static let kindsMax = 256

    package struct Telling: Hashable, Sendable {
        package let line: KafkaLogLine
        /// How many lines of its kind this one stands for, itself counted.
        package let count: Int
    }

    fileprivate struct Kind {
        var toldAt: Double
        var last: KafkaLogLine
        /// Lines since one was told.
        var unheard = 0
    }

    private var kinds: [String: Kind] = [:]

    package init() {}

    /// Takes new lines and gives what is to be told now.
    ///
    /// - Parameters:
    ///   - lines: Oldest first.
    ///   - uptime: Seconds.
    /// - Returns: What was heard first, in order, and then what has been repeated for a minute.
    package mutating func take(_ lines: [KafkaLogLine], at uptime: Double) -> [Telling] {
        let first = lines.compactMap { take($0, at: uptime) }
        return first + due { uptime - $0.toldAt >= Self.quietSeconds }
    }

    /// Gives what was not told yet, at the end.
    package mutating func finish() -> [Telling] { due { _ in true } }

    private mutating func take(_ line: KafkaLogLine, at uptime: Double) -> Telling? {
        let telling = Telling(line: line, count: 1)
        guard line.isWarning else { return telling }
        let key = Self.key(of: line)
        if kinds[key] != nil {
            kinds[key]?.last = line
            kinds[key]?.unheard += 1
            return nil
        }
        if kinds.count < Self.kindsMax { kinds[key] = Kind(toldAt: uptime, last: line) }
        return telling
    }

    private mutating func due(_ isDue: (Kind) -> Bool) -> [Telling] {
        let ripe = kinds.filter { isDue($0.value) }.sorted { $0.key < $1.key }
        for (key, kind) in ripe {
            // Nothing for a minute: the next one is news.
            kinds[key] = kind.unheard == 0 ? nil : kind.told
        }
        return ripe.filter { 0 < $0.value.unheard }
            .map { Telling(line: $0.value.last, count: $0.value.unheard) }
    }

    /// The text without its numbers and without how often the library itself has kept silent.
    private static func key(of line: KafkaLogLine) -> String {
        var text = line.text[...]
        if let end = text.ranges(of: " (after ").last { text = text[..<end.lowerBound] }
        return line.facility + " " + String(text.filter { !$0.isNumber })
    }
}

extension KafkaLogFilter.Kind {
    fileprivate var told: Self {
        Self(toldAt: toldAt + KafkaLogFilter.quietSeconds, last: last)
    }
}

extension KafkaLogLine {
    /// Whether it is told without being asked for: syslog's warnings and worse.
    package var isWarning: Bool { level <= 4 }
}

extension Logger {
    /// What librdkafka logged, as a line of ours.
    func pass(on telling: KafkaLogFilter.Telling) {
        let line = telling.line
        var metadata: Logger.Metadata = [
            "facility": "\(line.facility)", "text": "\(line.text)",
        ]
        if 1 < telling.count { metadata["count"] = "\(telling.count)" }
        log(level: line.isWarning ? .warning : .debug, "librdkafka", metadata: metadata)
    }
}
