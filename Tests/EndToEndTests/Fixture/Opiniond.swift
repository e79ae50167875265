import Foundation
import Glibc

/// The daemon as a process, and what it writes.
final class Opiniond {
    static let readySeconds = 60.0
    static let stopSeconds = 30.0

    private let process = Process()
    private let output: URL
    private let errors: URL

    /// Starts it.
    ///
    /// - Parameters:
    ///   - environment: The settings; nothing else of our own environment but the search path.
    ///   - arguments: What it is to do.
    /// - Throws: ``Program/Missing``, or why the system doesn't start it.
    init(_ environment: [String: String], arguments: [String] = ["run"]) throws {
        let directory = Scratch.directory("opiniond")
        output = directory.appending(path: "output")
        errors = directory.appending(path: "errors")
        try Data().write(to: output)
        try Data().write(to: errors)
        process.executableURL = URL(filePath: try Program.daemon())
        process.arguments = arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.runWithSignals()
    }

    deinit { if process.isRunning { kill(SIGKILL) } }

    // MARK: What it says

    /// Whole lines of standard output so far.
    var lines: [String] {
        let text = String(decoding: (try? Data(contentsOf: output)) ?? Data(), as: UTF8.self)
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
            String.init
        )
    }

    var errorText: String {
        String(decoding: (try? Data(contentsOf: errors)) ?? Data(), as: UTF8.self)
    }

    /// Health lines as dictionaries; of logfmt.
    var health: [[String: String]] { lines.map(Logfmt.fields).filter { $0["kind"] == "health" } }

    /// The latest health line that says all of this.
    func says(_ wanted: [String: String], after count: Int = 0) -> Bool {
        health.dropFirst(count).contains { line in wanted.allSatisfy { line[$0.key] == $0.value } }
    }

    /// Waits until a health line after the first `count` says all of this.
    func waitFor(_ wanted: [String: String], after count: Int = 0, seconds: Double = 30) throws {
        try wait("opiniond to say \(wanted); \(tail)", seconds: seconds) {
            guard isRunning else { throw TimeUp(description: "opiniond ended early; \(tail)") }
            return says(wanted, after: count)
        }
    }

    func waitUntilReady() throws {
        try wait("opiniond to be ready; \(tail)", seconds: Self.readySeconds) {
            guard isRunning else { throw TimeUp(description: "opiniond ended early; \(tail)") }
            return health.contains(where: Self.isWell)
        }
    }

    /// Ready, or doubting the directory: scenes retire many within minutes.
    ///
    /// How much memory there is depends on
    /// what else runs here.
    static func isWell(_ health: [String: String]) -> Bool {
        let reasons = Set((health["reasons"] ?? "").split(separator: ",").map(String.init))
        return health["status"] == "ready"
            || health["status"] == "degraded"
                && reasons.isSubset(of: ["roster-collapsed", "memory-near-limit"])
    }

    /// Waits until health lines that are still to come show it at rest.
    func waitForRest(seconds: Double = 60) throws {
        let count = health.count
        try wait("lag 0; \(tail)", seconds: seconds, progress: { steps }) {
            let lines = health.dropFirst(count + 1)
            return 2 <= lines.count
                && lines.suffix(2).allSatisfy { $0["lag"] == "0" && Self.isWell($0) }
        }
    }

    /// Records received and transactions committed, by the latest health line: grows as long as it works.
    var steps: Int {
        ["received_total", "transactions_total"].reduce(0) { sum, name in
            sum + (health.last?[name].flatMap { Int($0) } ?? 0)
        }
    }

    /// What was logged last and the latest health line, for messages: health comes every second, and alone
    /// would not tell why nothing moves.
    var tail: String {
        let lines = lines
        let isHealth = { (line: String) in Logfmt.fields(line)["kind"] == "health" }
        let logged = lines.filter { !isHealth($0) }.suffix(8)
        return (logged + lines.filter(isHealth).suffix(1) + [errorText]).joined(separator: "\n")
    }

    /// What the kernel calls its threads that are there now; the first is the process itself.
    var threadNames: [String] {
        let tasks = "/proc/\(process.processIdentifier)/task"
        let numbers = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
        return numbers.compactMap(Int.init).sorted().compactMap { number in
            let name = try? String(contentsOfFile: "\(tasks)/\(number)/comm", encoding: .utf8)
            return name.map { String($0.dropLast()) }
        }
    }

    var identifier: Int32 { process.processIdentifier }

    /// Whether it has a handler of its own for a signal, by the kernel's word.
    func handles(_ signal: Int32) -> Bool {
        let status = try? String(contentsOfFile: "/proc/\(identifier)/status", encoding: .utf8)
        let caught = (status ?? "").split(separator: "\n").first { $0.hasPrefix("SigCgt:") }
        let bits = caught?.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) } ?? 0
        return bits & 1 << UInt64(signal - 1) != 0
    }

    // MARK: Ending it

    var isRunning: Bool { process.isRunning }

    func signal(_ signal: Int32) { _ = Glibc.kill(process.processIdentifier, signal) }

    /// Sends a signal and waits until the process is gone.
    func kill(_ signal: Int32) {
        self.signal(signal)
        try? wait("the end", seconds: Self.stopSeconds) { !process.isRunning }
    }

    /// The exit code, once it has ended by itself or for SIGTERM.
    func exitCode(seconds: Double = Opiniond.stopSeconds) throws -> Int32 {
        try wait("opiniond to end; \(tail)", seconds: seconds) { !process.isRunning }
        return process.terminationReason == .exit ? process.terminationStatus : -1
    }

    /// Asks it to stop.
    ///
    /// - Returns: The exit code.
    func terminate() throws -> Int32 {
        signal(SIGTERM)
        return try exitCode()
    }
}

/// Lines of `key=value`, quoted where needed.
enum Logfmt {
    static func fields(_ line: String) -> [String: String] {
        var fields: [String: String] = [:]
        var rest = line[...]
        while let equals = rest.firstIndex(of: "=") {
            let name = String(rest[..<equals].drop { $0 == " " })
            rest = rest[equals...].dropFirst()
            fields[name] = rest.first == "\"" ? quoted(&rest) : word(&rest)
        }
        return fields
    }

    private static func word(_ rest: inout Substring) -> String {
        let word = rest.prefix { $0 != " " }
        rest = rest[word.endIndex...]
        return String(word)
    }

    private static func quoted(_ rest: inout Substring) -> String {
        var text = ""
        rest = rest.dropFirst()
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\", let next = rest.popFirst() {
                text.append(next)
            } else {
                text.append(character)
            }
        }
        return text
    }
}
