import Foundation
import Glibc
import Testing

@Suite("Starting", .timeLimit(.minutes(5)))
struct StartTests {
    /// A daemon whose brokers are away: it waits for them.
    private func waiting(_ more: [String: String] = [:], port: UInt16) throws -> Opiniond {
        let settings = [
            "PATH": "/usr/bin:/bin", "OPINIOND_KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:\(port)",
            "OPINIOND_KAFKA_INSTANCE": "one", "OPINIOND_HEALTH_INTERVAL_SECONDS": "1",
        ]
        let arguments = ["run", "--config", "/dev/null"]
        return try Opiniond(settings.merging(more) { $1 }, arguments: arguments)
    }

    private func waitFor(_ text: String, _ daemon: Opiniond) throws {
        try wait("\(text); \(daemon.tail)") {
            guard daemon.isRunning else { throw TimeUp(description: "it ended; \(daemon.tail)") }
            return daemon.lines.contains { $0.contains(text) }
        }
    }

    @Test("a SIGHUP that comes before the program has begun is kept for later")
    func earlyHangup() throws {
        let daemon = try waiting(port: Port.free())
        // The moment it is handled is before main: nothing was said, no thread was started.
        try wait("SIGHUP to be handled") { daemon.handles(SIGHUP) }
        daemon.signal(SIGHUP)
        try waitFor("settings read anew", daemon)
        #expect(try daemon.terminate() == 0)
    }

    @Test("whoever comes second under one name on a host ends with 76, and says who has it")
    func second() throws {
        let port = try Port.free()
        let first = try waiting(port: port)
        try waitFor("kind=health", first)
        let second = try waiting(port: port)
        #expect(try second.exitCode() == 76)
        #expect(second.errorText.contains("process \(first.identifier) on this host already runs"))
        #expect(second.errorText.contains("instance one of group opiniond"))
        let other = try waiting(["OPINIOND_KAFKA_INSTANCE": "two"], port: port)
        try waitFor("kind=health", other)
        first.kill(SIGKILL)
        let next = try waiting(port: port)
        try waitFor("kind=health", next)
        #expect(try next.terminate() == 0)
        #expect(try other.terminate() == 0)
    }

    @Test("what stops a start is an error to the journal, line by line")
    func priority() throws {
        let environment = ["JOURNAL_STREAM": "9:1", "OPINIOND_LOG_LEVEL": "loud"]
        let settings = try Opiniond(
            environment,
            arguments: ["run", "--config", "/dev/null", "--set", "log.format=xml"]
        )
        #expect(try settings.exitCode() == 78)
        let usage = try Opiniond(environment, arguments: ["run", "--nonsense"])
        #expect(try usage.exitCode() == 64)
        for daemon in [settings, usage] {
            let lines = daemon.errorText.split(separator: "\n")
            #expect(lines.count >= 2 && lines.allSatisfy { $0.hasPrefix("<3>") }, "\(lines)")
        }
    }
}
