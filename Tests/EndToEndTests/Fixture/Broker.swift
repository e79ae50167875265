import Foundation
import Glibc
import KafkaTransport
import Synchronization

/// A Kafka broker of our own: noida-db on a free port, its data in a directory that goes with it.
///
/// A shell stands between: when its standard input ends, because ``stop()`` closed it or because this
/// process died, it ends the server, so that none is ever left behind. The launcher that pip installs
/// doesn't pass signals on, so the server it started is ended itself.
final class Broker: Sendable {
    /// The one that most tests share, each with topics of its own.
    static let shared = Result { try Broker().started() }

    static let startSeconds = 20.0
    static let stopSeconds = 20.0

    let port: UInt16
    private let directory = Scratch.directory("broker")
    private let running = Mutex<Running?>(nil)

    private struct Running: @unchecked Sendable {
        // Only touched while the mutex is held.
        let process: Process
        let input: Pipe
    }

    /// - Parameter port: Where it listens; nil: some free port.
    /// - Throws: ``TimeUp`` when there is none.
    init(port: UInt16? = nil) throws { self.port = try port ?? Port.free() }

    deinit { try? stop() }

    var address: String { "127.0.0.1:\(port)" }

    func started() throws -> Broker {
        try start()
        return self
    }

    /// Starts it and waits until it answers.
    func start() throws {
        let program = try Program.broker()
        try running.withLock { running in
            guard running == nil else { return }
            let process = Process()
            let input = Pipe()
            // Else the shell would hold its own input open.
            _ = fcntl(input.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments =
                ["-c", Self.guardian, program]
                + [
                    "start", "--only", "kafka", "--kafka-port", "\(port)", "--data-dir",
                    directory.path,
                ]
            process.standardInput = input
            process.standardOutput = FileHandle.nullDevice
            process.standardError = FileHandle.nullDevice
            try process.runWithSignals()
            running = Running(process: process, input: input)
        }
        try wait("the broker on port \(port) to answer", seconds: Self.startSeconds) { answers }
    }

    /// Stops it as an administrator would: it saves its data first.
    func stop() throws {
        guard let stopping = running.withLock({ $0.take() }) else { return }
        try stopping.input.fileHandleForWriting.close()
        try wait("the broker to stop", seconds: Self.stopSeconds) { !stopping.process.isRunning }
    }

    private static let guardian = """
        "$0" "$@" </dev/null & launcher=$!
        cat >/dev/null
        server=$(cat /proc/$launcher/task/$launcher/children)
        kill -TERM ${server:-$launcher}
        wait $launcher
        """

    private var answers: Bool {
        let log = KafkaLog()
        guard let settings = try? KafkaSettings.reader(group: "probe", user: properties),
            let reader = try? PartitionReader(
                settings: settings,
                isolation: .readCommitted,
                log: log
            )
        else { return false }
        defer { reader.close() }
        return (try? reader.partitionCounts(of: ["probe"], timeoutMilliseconds: 500)) != nil
    }

    // MARK: Settings for it

    /// It answers a fetch with all it has, whatever limits were asked for.
    var properties: [(name: String, value: String)] {
        [(name: "bootstrap.servers", value: address)] + Self.quirks
    }

    static let quirks: [(name: String, value: String)] = [
        ("receive.message.max.bytes", "2000000000"),
        ("fetch.max.bytes", "1900000000"), ("fetch.message.max.bytes", "1000000000"),
        ("queued.max.messages.kbytes", "1000000"),
    ]
}
