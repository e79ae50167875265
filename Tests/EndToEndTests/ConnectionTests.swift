import Foundation
import Testing

@Suite("Brokers that can't be talked to", .timeLimit(.minutes(5)))
struct ConnectionTests {
    /// What a command says of brokers at that address, with these librdkafka properties.
    private func said(
        _ program: String,
        _ arguments: [String],
        _ address: String,
        _ properties: [String]
    ) throws -> (text: String, code: Int32) {
        let settings =
            ["kafka.bootstrapServers=\(address)"]
            + properties.map { "kafka.properties.\($0)" }
        let all = arguments + ["--config", "/dev/null"] + settings.flatMap { ["--set", $0] }
        let (output, code) = try Program.run(Program.built(program), all, environment: [:])
        return (String(decoding: output, as: UTF8.self), code)
    }

    private func check(
        _ address: String,
        _ properties: [String] = [],
        says words: String,
        advises advice: String
    ) throws {
        let commands = [
            ("opiniond", ["check"]), ("opinionctl", ["topics", "verify"]),
            ("opinionctl", ["explain", "rq-1"]),
        ]
        for (program, arguments) in commands {
            let (text, code) = try said(program, arguments, address, properties)
            #expect(code == 69, "\(text)")
            #expect(text.contains("WRONG: ") && text.contains(words), "\(text)")
            #expect(text.contains(advice), "\(text)")
            #expect(!text.contains("transport failure"), "\(text)")
        }
    }

    @Test("a refused connection is told")
    func refused() throws {
        try check(
            "127.0.0.1:\(Port.free())",
            says: "Connection refused",
            advises: "nothing listens there"
        )
    }

    @Test("an unknown host is told")
    func unknown() throws {
        try check(
            "nowhere.invalid:9092",
            says: "Failed to resolve 'nowhere.invalid:9092'",
            advises: "this host doesn't know that name"
        )
    }

    @Test("a certificate that isn't trusted is told, and so is one that is missing")
    func certificates() throws {
        let port = try TLSPort()
        defer { port.stop() }
        let address = "127.0.0.1:\(port.port)"
        let other = port.directory.appending(path: "other.pem").path
        try check(
            address,
            ["security.protocol=ssl", "ssl.ca.location=\(other)"],
            says: "certificate verify failed",
            advises: "ssl.ca.location must name the CA that signed it"
        )
        try check(
            address,
            says: "Disconnected while requesting ApiVersion",
            advises: "set security.protocol: ssl"
        )
    }

    @Test("a broker that wants a certificate of ours is told")
    func clientCertificate() throws {
        let port = try TLSPort(wantsCertificate: true)
        defer { port.stop() }
        let ours = port.directory.appending(path: "ca.pem").path
        try check(
            "127.0.0.1:\(port.port)",
            ["security.protocol=ssl", "ssl.ca.location=\(ours)"],
            says: "certificate required",
            advises: "set ssl.certificate.location and ssl.key.location"
        )
    }

    @Test("TLS to a port that speaks none is told")
    func plain() throws {
        try check(
            Broker.shared.get().address,
            ["security.protocol=ssl"],
            says: "SSL handshake failed",
            advises: "set security.protocol: plaintext"
        )
    }
}
