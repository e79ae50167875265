import Foundation

/// Where the programs are that the tests run.
enum Program {
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    /// noida-db, a broker that speaks Kafka's protocol with transactions.
    static func broker() throws -> String {
        if let named = environment["OPINIOND_TEST_NOIDA"] { return named }
        let path = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
        let places = [root.appending(path: ".venv/bin").path] + path
        let found = places.map { $0 + "/noida-db" }
            .first(where: FileManager.default.isExecutableFile)
        guard let found else {
            throw Missing(
                description: "these tests need a broker. In \(root.lastPathComponent): "
                    + "python3 -m venv .venv && .venv/bin/pip install noida-db==0.2.3"
            )
        }
        return found
    }

    /// Whether the daemon to be tried is given by name, as a release build is.
    static var isDaemonNamed: Bool { environment["OPINIOND_TEST_BINARY"] != nil }

    /// The daemon: the one named, else the one that was built with these tests.
    static func daemon() throws -> String {
        try environment["OPINIOND_TEST_BINARY"] ?? built("opiniond")
    }

    /// A program that was built with these tests.
    static func built(_ name: String) throws -> String {
        let products = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let beside = [Bundle.main.bundleURL, products]
            .map { $0.appending(path: name).path }
            .first(where: FileManager.default.isExecutableFile)
        guard let beside else {
            throw Missing(description: "no \(name) in \(products.path): swift build")
        }
        return beside
    }

    /// Runs a program that ends by itself.
    ///
    /// - Parameters:
    ///   - path: The program.
    ///   - arguments: What it is given.
    ///   - environment: All of its environment; nil: ours.
    /// - Returns: What it prints on standard output, and its exit code; −1 for a signal.
    /// - Throws: When the system doesn't start it.
    static func run(
        _ path: String,
        _ arguments: [String],
        environment: [String: String]? = nil
    ) throws -> (output: Data, code: Int32) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        if let environment { process.environment = environment }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.runWithSignals()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (output, process.terminationReason == .exit ? process.terminationStatus : -1)
    }

    private static let environment = ProcessInfo.processInfo.environment
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
