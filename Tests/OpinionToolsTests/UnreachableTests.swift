import KafkaTransport
import OpinionService
import OpinionTools
import Testing

@Suite("Why no broker is reached")
struct UnreachableTests {
    private func told(_ text: String, security: String = "plaintext") -> Unreachable {
        let line = KafkaLogLine(level: 3, facility: "FAIL", text: text)
        return Unreachable([line], security: security)
    }

    @Test(
        "the client library's words tell what to do",
        arguments: [
            (
                "[thrd:127.0.0.1:1/bootstrap]: 127.0.0.1:1/bootstrap: Connect to ipv4#127.0.0.1:1 failed: "
                    + "Connection refused (after 0ms in state CONNECT, 1 identical error(s) suppressed)",
                "127.0.0.1:1: Connect to ipv4#127.0.0.1:1 failed: Connection refused", "plaintext",
                "nothing listens there"
            ),
            (
                "[thrd:k:9092/bootstrap]: k:9092/bootstrap: Failed to resolve 'k:9092': Name or service "
                    + "not known (after 3ms in state CONNECT)",
                "k:9092: Failed to resolve 'k:9092': Name or service not known", "plaintext",
                "this host doesn't know that name"
            ),
            (
                "[thrd:ssl://k:1/bootstrap]: ssl://k:1/bootstrap: SSL handshake failed: error:0A000086:SSL "
                    + "routines::certificate verify failed: broker certificate could not be verified "
                    + "(after 3ms in state SSL_HANDSHAKE)",
                "ssl://k:1: SSL handshake failed: error:0A000086:SSL routines::certificate verify failed: "
                    + "broker certificate could not be verified",
                "ssl", "ssl.ca.location must name the CA"
            ),
            (
                "ssl://k:1/bootstrap: Receive failed: error:0A00045C:SSL routines::tlsv13 alert "
                    + "certificate required: SSL alert number 116 (after 0ms in state APIVERSION_QUERY)",
                "ssl://k:1: Receive failed: error:0A00045C:SSL routines::tlsv13 alert certificate "
                    + "required: SSL alert number 116",
                "ssl", "set ssl.certificate.location and ssl.key.location"
            ),
            (
                "k:1/bootstrap: Disconnected while requesting ApiVersion: might be caused by incorrect "
                    + "security.protocol configuration (connecting to a SSL listener?) or broker version is "
                    + "< 0.10 (see api.version.request) (after 3ms in state APIVERSION_QUERY)",
                "k:1: Disconnected while requesting ApiVersion: might be caused by incorrect "
                    + "security.protocol configuration (connecting to a SSL listener?) or broker version is "
                    + "< 0.10 (see api.version.request)",
                "sasl_plaintext", "set security.protocol: sasl_ssl"
            ),
            (
                "ssl://k:1/bootstrap: SSL handshake failed: error:0A000126:SSL routines::unexpected eof "
                    + "while reading (after 0ms in state SSL_HANDSHAKE)",
                "ssl://k:1: SSL handshake failed: error:0A000126:SSL routines::unexpected eof while reading",
                "ssl", "or set security.protocol: plaintext"
            ),
            (
                "sasl_ssl://k:1/bootstrap: SASL PLAIN mechanism handshake failed: Broker: Request not valid "
                    + "in current SASL state: broker's supported mechanisms:  (after 0ms in state "
                    + "AUTH_HANDSHAKE)",
                "sasl_ssl://k:1: SASL PLAIN mechanism handshake failed: Broker: Request not valid in "
                    + "current SASL state: broker's supported mechanisms: ",
                "sasl_ssl", "or set security.protocol: ssl"
            ),
            (
                "k:80/bootstrap: Receive failed: Invalid response size 1213486160 (0..100000000): increase "
                    + "receive.message.max.bytes (after 0ms in state APIVERSION_QUERY)",
                "k:80: Receive failed: Invalid response size 1213486160 (0..100000000): increase "
                    + "receive.message.max.bytes",
                "plaintext", "no Kafka broker"
            ),
        ]
    )
    func words(text: String, bare: String, security: String, advice: String) {
        let why = told(text, security: security)
        #expect(why.words == [bare])
        #expect(why.advice?.contains(advice) == true, "\(why.advice ?? "none")")
    }

    @Test("each broker is told once, in its fullest words, and chatter isn't told")
    func brokers() {
        let lines = [
            ("FAIL", "a:1/bootstrap: error (after 1ms in state CONNECT)"),
            ("CONFWARN", "[thrd:app]: a property is of no use"),
            ("FAIL", "b:1/bootstrap: Connection refused (after 0ms in state CONNECT)"),
            ("FAIL", "a:1/bootstrap: SSL handshake failed: error (after 1ms in state CONNECT)"),
        ]
        .map { KafkaLogLine(level: 3, facility: $0.0, text: $0.1) }
        let why = Unreachable(lines, security: "plaintext")
        #expect(why.words == ["a:1: SSL handshake failed: error", "b:1: Connection refused"])
        #expect(why.failures == why.words)
        #expect(why.advice?.contains("nothing listens") == true)
        let closed = KafkaLogLine(level: 6, facility: "FAIL", text: "c:1/bootstrap: Disconnected")
        #expect(Unreachable([closed], security: "ssl").words == ["c:1: Disconnected"])
        #expect(Unreachable([closed], security: "ssl").failures == [])
        #expect(Unreachable([], security: "ssl").words == [])
        #expect(Unreachable([], security: "ssl").advice == nil)
    }
}
