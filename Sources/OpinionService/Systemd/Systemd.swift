internal import CProcess
internal import Foundation

/// Tells systemd how we are (sd_notify(3)).
///
/// Does nothing where systemd isn't.
package struct Systemd: Sendable {
    /// Half of the time that systemd allows between two words from us; nil: it doesn't watch.
    package let watchdogSeconds: Double?
    /// Whether journald reads standard output.
    package let isJournal: Bool

    package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        let isOurs =
            environment["WATCHDOG_PID"].map {
                Int32($0) == ProcessInfo.processInfo.processIdentifier
            }
            ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap(Double.init)
        watchdogSeconds = isOurs ? microseconds.map { $0 / 2_000_000 } : nil
        isJournal = environment["JOURNAL_STREAM"] != nil
    }

    package enum Word: Sendable {
        case ready, stopping, watchdog
        /// A line for `systemctl status`.
        case status(String)
    }

    /// Says some words in one datagram.
    ///
    /// Only the loop's thread may call it.
    package func say(_ words: Word...) {
        cprocess_begin()
        for word in words {
            for byte in (word.text + "\n").utf8 { cprocess_append(byte) }
        }
        _ = cprocess_send()
    }
}

extension Systemd.Word {
    fileprivate var text: String {
        switch self {
        case .ready: "READY=1"
        case .stopping: "STOPPING=1"
        case .watchdog: "WATCHDOG=1"
        case .status(let text): "STATUS=\(LineText.escaped(text))"
        }
    }
}

extension Systemd {
    /// Resident memory of this process.
    package static var residentBytes: Int64 { cprocess_resident_bytes() }
}
