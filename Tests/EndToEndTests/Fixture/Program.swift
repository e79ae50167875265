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

    /// What a program prints that ends by itself.
    static func output(of path: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardOutput = pipe
        try process.runWithSignals()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return output
    }

    private static let environment = ProcessInfo.processInfo.environment
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
