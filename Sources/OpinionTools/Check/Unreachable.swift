package import KafkaTransport
internal import OpinionService

/// Why no broker could be talked to: the client library's own words, and what to do.
///
/// Its errors only say that the transport failed; what its log says of each connection tells more.
package struct Unreachable {
    /// Brokers that are told of at most.
    private static let brokersMax = 5

    /// What was said of each broker, in the order in which they were first heard of.
    package let words: [String]
    /// Those among them that the client library itself counts as failures: a connection that was merely closed
    /// is none.
    package let failures: [String]
    /// What to do about the first of them that is known.
    package let advice: String?

    /// - Parameters:
    ///   - lines: The client library's log, oldest first.
    ///   - security: `security.protocol` as it is set.
    package init(_ lines: [KafkaLogLine], security: String) {
        var order: [String] = []
        var told: [String: String] = [:]
        var failed: Set<String> = []
        for line in lines where Self.facilities.contains(line.facility) {
            let text = Self.bare(line.text)
            let broker = String(text.prefix { $0 != " " })
            if told[broker] == nil { order.append(broker) }
            if line.isWarning { failed.insert(broker) }
            // The longer of two tellings of one failure says more.
            if (told[broker] ?? "").utf8.count < text.utf8.count { told[broker] = text }
        }
        order = Array(order.prefix(Self.brokersMax))
        let words = order.compactMap { told[$0] }
        self.words = words
        failures = order.filter(failed.contains).compactMap { told[$0] }
        advice = words.lazy.compactMap { Self.advice(on: $0, security) }.first
    }

    private static let facilities: Set = ["FAIL", "SSL", "SSLHANDSHAKE", "SASL", "REQTMOUT"]

    /// Without the thread, the time it took and how often it was said.
    private static func bare(_ text: String) -> String {
        var text = text[...]
        if text.hasPrefix("[thrd:"), let end = text.firstRange(of: "]: ") {
            text = text[end.upperBound...]
        }
        if let end = text.ranges(of: " (after ").last, text.hasSuffix(")") {
            text = text[..<end.lowerBound]
        }
        return String(text).replacing("/bootstrap: ", with: ": ")
    }

    // MARK: What to do

    private static func advice(on words: String, _ security: String) -> String? {
        let isLoggingIn = security.hasPrefix("sasl")
        return table(
            plain: isLoggingIn ? "sasl_plaintext" : "plaintext",
            secured: isLoggingIn ? "sasl_ssl" : "ssl",
            withoutLogIn: security.hasSuffix("ssl") ? "ssl" : "plaintext"
        )
        .first { row in row.marks.contains { words.contains($0) } }?.advice
    }

    /// What the words hold and what that means; the first row that fits counts.
    private static func table(
        plain: String,
        secured: String,
        withoutLogIn: String
    ) -> [(marks: [String], advice: String)] {
        [
            (
                ["Connection refused"],
                "nothing listens there: look at host and port in kafka.bootstrapServers, and whether "
                    + "the broker runs"
            ),
            (
                ["Failed to resolve"],
                "this host doesn't know that name: look at kafka.bootstrapServers and the name "
                    + "service; brokers are called by the names in their advertised.listeners"
            ),
            (
                ["Network is unreachable", "No route to host", "timed out in state CONNECT"],
                "there is no way to that host: look at network, firewall and IPAddressAllow= of the unit"
            ),
            (
                ["No such file or directory", "Permission denied"],
                "a file that kafka.properties names can't be read: look at its path and its rights"
            ),
            (
                ["certificate verify failed"],
                "the broker's certificate is not trusted: ssl.ca.location must name the CA that signed "
                    + "it, it must be in date, and it must name the host as kafka.bootstrapServers does; "
                    + "openssl s_client -connect HOST:PORT -CAfile CA -verify_hostname HOST says which"
            ),
            (
                [
                    "certificate required", "alert bad certificate", "alert handshake failure",
                    "alert unknown ca", "alert certificate",
                ],
                "the broker wants a certificate of ours that it trusts: set ssl.certificate.location "
                    + "and ssl.key.location in kafka.properties"
            ),
            (
                [
                    "unexpected eof while reading", "wrong version number",
                    "packet length too long",
                    "timed out in state SSL_HANDSHAKE",
                ],
                "that port doesn't speak TLS: take the port that does, or set "
                    + "security.protocol: \(plain) in kafka.properties"
            ),
            (
                ["not valid in current SASL state"],
                "that port takes no log-in: take the port that does, or set "
                    + "security.protocol: \(withoutLogIn) in kafka.properties"
            ),
            (
                ["mechanism handshake failed"],
                "set sasl.mechanisms in kafka.properties to one that the broker supports"
            ),
            (
                ["Authentication failed", "uthentication error", "nvalid credentials"],
                "the broker refuses the log-in: look at sasl.username, sasl.password and "
                    + "sasl.mechanisms in kafka.properties"
            ),
            (
                ["Disconnected while requesting ApiVersion", "connecting to a SSL listener"],
                "the broker closed a connection that it didn't understand: if that port speaks TLS, set "
                    + "security.protocol: \(secured) in kafka.properties"
            ),
            (
                ["Invalid response size", "ApiVersionRequest failed"],
                "whatever listens there is no Kafka broker: look at host and port in "
                    + "kafka.bootstrapServers"
            ),
        ]
    }
}

extension KafkaSite {
    /// The same, with a client library that says why it can't connect, and soon.
    var outspoken: KafkaSite {
        var site = self
        // In front: what the user sets wins.
        site.properties.insert(
            contentsOf: [
                (name: "log.connection.close", value: "true"),
                (name: "socket.connection.setup.timeout.ms", value: "5000"),
            ],
            at: 0
        )
        return site
    }

    /// Why no broker could be talked to, by what the client library has said since it was last asked.
    func takeUnreachable() -> Unreachable {
        let security = properties.last { $0.name == "security.protocol" }?.value ?? "plaintext"
        return Unreachable(log.drain(), security: security.lowercased())
    }
}
