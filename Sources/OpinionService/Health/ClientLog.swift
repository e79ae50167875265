internal import KafkaTransport
internal import Logging

/// What librdkafka logs, passed on as lines of ours.
struct ClientLog {
    private let lines: KafkaLog
    private var filter = KafkaLogFilter()

    init(_ lines: KafkaLog) { self.lines = lines }

    mutating func pass(to log: Logger, at uptime: Double) {
        for telling in filter.take(lines.drain(), at: uptime) { log.pass(on: telling) }
    }

    /// Passes on all that is left, also what was kept back.
    mutating func finish(to log: Logger, at uptime: Double) {
        pass(to: log, at: uptime)
        for telling in filter.finish() { log.pass(on: telling) }
    }
}
