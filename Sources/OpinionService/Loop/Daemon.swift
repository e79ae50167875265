internal import Foundation
package import Logging
internal import OpinionFlow
package import OpinionWire
internal import Synchronization
internal import UnixSignals

/// The daemon as a process: lines, signals, the watchdog, and the thread of the loop.
package struct Daemon: Sendable {
    package struct Options: Sendable {
        package var site: KafkaSite
        package var reader: ReaderSettings
        package var mode: EventWriter.Mode
        package var format: Line.Format
        package var level: Logger.Level
        package var intervalSeconds: Int
        package var metricsFile: String
        /// The settings as they were at the start; nil: there were none.
        var started: Settings?
        /// Reads the settings anew, on SIGHUP; nil: there is nothing to read.
        package var reload: (@Sendable () -> Result<Settings, SettingsError>)?

        package init(
            site: KafkaSite,
            reader: ReaderSettings,
            mode: EventWriter.Mode = .structured,
            format: Line.Format = .logfmt,
            level: Logger.Level = .info,
            intervalSeconds: Int = 10,
            metricsFile: String = ""
        ) {
            self.site = site
            self.reader = reader
            self.mode = mode
            self.format = format
            self.level = level
            self.intervalSeconds = intervalSeconds
            self.metricsFile = metricsFile
        }
    }

    /// How long a blocked standard output may hold the end up.
    static let lastLinesSeconds = 2.0

    let options: Options
    private let sink: LineSink
    private let stop = Flag()
    /// Raised by SIGUSR1: a stop that leaves the group.
    private let leave = Flag()

    package init(_ options: Options, sink: LineSink = LineSink()) {
        self.options = options
        self.sink = sink
    }

    /// Asks the loop to finish what it does and end.
    ///
    /// Any thread may ask, as often as it likes.
    package func askToStop() { stop.raise() }

    /// Runs until SIGTERM, SIGINT or ``askToStop()``, or until only a person can help.
    ///
    /// - Returns: The exit code.
    package func run() async -> ExitCode {
        Memory.keepWhatIsFreed()
        if options.reload != nil { Hangup.expect() }
        let signals = Task {
            for await signal in await UnixSignalsSequence(trapping: .sigterm, .sigint, .sigusr1) {
                if signal == .sigusr1 { leave.raise() }
                askToStop()
            }
        }
        defer { signals.cancel() }
        return await withCheckedContinuation { continuation in
            let thread = Thread {
                ThreadName.loop.take()
                continuation.resume(returning: runLoop())
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
    }

    /// The loop and everything that only its thread may touch.
    private func runLoop() -> ExitCode {
        let systemd = Systemd()
        let output = LineOutput(sink: sink, format: options.format, isJournal: systemd.isJournal)
        let threshold = LogThreshold(options.level)
        let log = Logger(label: "opiniond") { _ in LineLog(output, threshold: threshold) }
        let watches = HangWatchdog.Watches()
        let cluster = KafkaCluster(options.site, watches: watches)
        HangWatchdog.guardProcess(
            { watches.isEndOverdue() ? "closing" : watches.overdue() },
            code: { watches.exitCode }
        ) { [sink] call in
            log.critical(
                "a call to the broker never came back; leaving",
                metadata: ["call": "\(call)"]
            )
            sink.close(waitSeconds: 1)
        }
        log.notice("starting", metadata: options.metadata)
        let service = Service(
            transport: cluster,
            clock: SystemClock(),
            reporter: HealthReporter(
                output: output,
                systemd: systemd,
                metricsFile: options.metricsFile,
                intervalSeconds: options.intervalSeconds,
                kafkaLog: options.site.log,
                log: log,
                memory: MemoryWatch()
            ),
            site: options.site,
            reader: options.reader,
            mode: options.mode,
            log: log,
            marker: marker(log)
        )
        let code = service.run(until: {
            if Hangup.take() { readAnew(service, threshold) }
            if leave.isRaised { service.leavesGroup = true }
            return stop.isRaised
        })
        log.notice("stopped", metadata: ["code": "\(code.rawValue)"])
        sink.close(waitSeconds: Self.lastLinesSeconds)
        return code
    }
}

extension Daemon {
    /// In the directory that systemd made for us, if it did.
    private func marker(_ log: Logger) -> CrashMarker {
        let directories = ProcessInfo.processInfo.environment["RUNTIME_DIRECTORY"]
        let first = directories?.split(separator: ":").first.map(String.init)
        let marker = CrashMarker(directory: first)
        if let first, !marker.isKeeping {
            log.warning(
                "a record that ends the process can't be remembered",
                metadata: ["directory": "\(first)"]
            )
        }
        return marker
    }
}

/// A flag that one thread raises and another looks at.
private final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    var isRaised: Bool { value.load(ordering: .acquiring) }
    func raise() { value.store(true, ordering: .releasing) }
}

extension Daemon.Options {
    fileprivate var metadata: Logger.Metadata {
        let servers = site.properties.last { $0.name == "bootstrap.servers" }?.value ?? ""
        return [
            "bootstrap": "\(servers)", "group": "\(site.group)", "instance": "\(site.instance)",
            "prefix": "\(site.prefix)", "policy": "\(reader.policy.name)",
        ]
    }
}
