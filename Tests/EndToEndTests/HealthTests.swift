import Foundation
import Testing

extension EndToEndTests {
    @Test("health lines say what their schema asks", arguments: ["logfmt", "json"])
    func healthLines(format: String) throws {
        let ground = try Ground(Broker.shared.get())
        let daemon = try ground.daemon(["OPINIOND_LOG_FORMAT": format])
        try wait("three health lines; \(daemon.tail)") {
            3 <= daemon.lines.count { $0.contains("health") }
        }
        #expect(try daemon.terminate() == 0)
        let schema = try HealthSchema()
        for line in daemon.lines where line.contains("health") {
            let fields = format == "json" ? try Self.names(line) : Set(Logfmt.fields(line).keys)
            #expect(schema.required.subtracting(fields) == [], "\(line)")
        }
        for line in daemon.lines {
            #expect(line.unicodeScalars.allSatisfy { 0x20 <= $0.value && $0.value != 0x7f })
        }
    }

    @Test("its threads are called what they do, and it keeps its own name")
    func threads() throws {
        let ground = try Ground(Broker.shared.get(), shards: 2)
        let daemon = try ground.readyDaemon()
        // A thread that has just begun is still called as the one that began it.
        try wait("one thread of each name; \(daemon.threadNames)") {
            let names = daemon.threadNames
            return ["loop", "queries", "lines", "watchdog", "shard-0", "shard-1"]
                .allSatisfy { name in names.count { $0 == name } == 1 }
        }
        #expect(daemon.threadNames.first == "opiniond")
        #expect(try daemon.terminate() == 0)
    }

    private static func names(_ line: String) throws -> Set<String> {
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        return Set((object ?? [:]).keys)
    }

    @Test("under journald each line begins with its priority")
    func journal() throws {
        let ground = try Ground(Broker.shared.get())
        let daemon = try ground.daemon(["JOURNAL_STREAM": "8:1"])
        try wait("a ready line; \(daemon.tail)") {
            daemon.lines.contains { $0.contains("status=ready") }
        }
        #expect(try daemon.terminate() == 0)
        for line in daemon.lines { #expect(line.prefixMatch(of: /<[2-7]>[a-z]/) != nil, "\(line)") }
    }

    @Test("systemd hears that it is ready, how it is, that it lives and that it stops")
    func notify() throws {
        let ground = try Ground(Broker.shared.get())
        let socket = try NotifySocket()
        defer { socket.close() }
        let daemon = try ground.readyDaemon([
            "NOTIFY_SOCKET": socket.path, "WATCHDOG_USEC": "2000000",
        ])
        for word in ["READY=1", "STATUS=ready", "WATCHDOG=1"] {
            try wait("\(word) in \(socket.words)") { socket.words.contains { $0.hasPrefix(word) } }
        }
        let soFar = socket.words.count { $0 == "WATCHDOG=1" }
        try wait("two more words from the watchdog", seconds: 4) {
            soFar + 2 <= socket.words.count { $0 == "WATCHDOG=1" }
        }
        #expect(!socket.words.contains("STOPPING=1"))
        #expect(try daemon.terminate() == 0)
        try wait("STOPPING=1 in \(socket.words)") { socket.words.contains("STOPPING=1") }
    }
}

/// What `Schemas/health.json` asks for.
private struct HealthSchema {
    let required: Set<String>

    init() throws {
        struct Schema: Decodable { var required: [String] }
        let root = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: root.appending(path: "Schemas/health.json"))
        required = Set(try JSONDecoder().decode(Schema.self, from: data).required)
    }
}

/// A socket such as systemd listens on; a Python of the system reads it.
private final class NotifySocket {
    let path: String
    private let output: URL
    private let process = Process()

    init() throws {
        let directory = Scratch.directory("notify")
        path = directory.appending(path: "socket").path
        output = directory.appending(path: "words")
        try Data().write(to: output)
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", "-c", Self.script, path]
        process.standardOutput = try FileHandle(forWritingTo: output)
        try process.run()
        try wait("the socket \(path)") { FileManager.default.fileExists(atPath: path) }
    }

    /// SIGTERM is blocked in what a test begins, as it is in the test.
    func close() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Lines of all datagrams so far.
    var words: [String] {
        let text = String(decoding: (try? Data(contentsOf: output)) ?? Data(), as: UTF8.self)
        return text.split(separator: "\n").map(String.init)
    }

    private static let script = """
        import socket, sys
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.bind(sys.argv[1])
        s.settimeout(120)
        while True:
            print(s.recv(65536).decode(), flush=True)
        """
}
