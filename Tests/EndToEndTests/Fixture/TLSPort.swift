import Foundation
import Glibc

/// A port on which TLS is spoken, by openssl, with certificates of its own; no broker is behind it.
///
/// A shell stands between: it ends the server when its standard input ends, so that none is left behind.
final class TLSPort {
    let port: UInt16
    /// Holds `ca.pem`, which signed the server's certificate, and `other.pem`, which didn't.
    let directory = Scratch.directory("tls")
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    /// Starts it and waits until it listens.
    ///
    /// - Parameter wantsCertificate: Whether it turns clients away that show none.
    /// - Throws: ``Program/Missing`` without openssl.
    init(wantsCertificate: Bool = false) throws {
        port = try Port.free()
        _ = fcntl(input.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments =
            ["-c", Self.script, directory.path, "127.0.0.1:\(port)"]
            + (wantsCertificate ? ["-Verify", "1", "-verify_return_error"] : [])
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.runWithSignals()
        var said = Data()
        while !said.contains("ACCEPT".utf8) {
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else {
                throw Program.Missing(description: "these tests need openssl")
            }
            said += more
        }
        // What it says further must not block it.
        output.fileHandleForReading.readabilityHandler = { _ = $0.availableData }
    }

    /// Ends it, and waits for that.
    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    deinit { if process.isRunning { stop() } }

    private static let script = """
        cd "$0" || exit 1
        address=$1
        shift
        for name in ca other; do
            openssl req -x509 -newkey rsa:2048 -nodes -keyout $name.key -out $name.pem -days 2 \
                -subj /CN=$name 2>/dev/null || exit 1
        done
        openssl req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost
        echo subjectAltName=IP:127.0.0.1 >names
        openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out server.pem \
            -days 2 -extfile names
        openssl s_server -www -accept "$address" -cert server.pem -key server.key -CAfile ca.pem "$@" \
            </dev/null & server=$!
        cat >/dev/null
        kill $server
        wait $server
        """
}
