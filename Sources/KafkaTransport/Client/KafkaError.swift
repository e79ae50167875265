internal import CRDKafka

/// A failure reported by the Kafka client library, with what to do about it already decided.
///
/// The reaction is chosen once, where the C error is read. Neither the message nor the description
/// holds anything of a record or the value of a setting.
package struct KafkaError: Error, Hashable, Sendable {
    /// librdkafka's number: negative is the library's own, positive the broker's.
    package var code: Int32
    /// librdkafka's name of the code, such as `_FENCED` or `TOPIC_AUTHORIZATION_FAILED`.
    package var name: String
    /// What the library said, at most ``messageBytesMax`` bytes.
    package var message: String
    package var reaction: Reaction
    /// What was being done, such as "committing a transaction".
    package var attempted: String
    /// The topic that a record was meant for that was not delivered; nil: it is about something else.
    package var topic: String?

    /// Broker text is not ours: it is cut here so that a log line stays a line.
    package static let messageBytesMax = 512

    package init(code: Int32, message: String, reaction: Reaction, attempted: String) {
        self.code = code
        self.name = Self.name(of: code)
        self.message = Self.capped(message)
        self.reaction = reaction
        self.attempted = attempted
    }
}

extension KafkaError: CustomStringConvertible {
    package var description: String {
        code == 0
            ? "\(attempted): \(message)"
            : "\(attempted): \(name) (\(code)): \(message) [\(reaction)]"
    }
}

extension KafkaError {
    /// Something that no call failed with, but that a look at the brokers' answers found.
    package init(found message: String, attempted: String) {
        self.init(code: 0, message: message, reaction: .retry, attempted: attempted)
    }

    /// An error the library gave as a bare code.
    init(_ code: rd_kafka_resp_err_t, attempted: String, saying message: String? = nil) {
        self.init(
            code: code.rawValue,
            message: message ?? Self.text(of: code),
            reaction: Reaction(code: code, flags: Flags()),
            attempted: attempted
        )
    }

    /// Takes an error object over and destroys it.
    ///
    /// A client that has failed for good answers every later call with `_FATAL` or `_STATE`; the
    /// error that broke it is asked for, so that a fenced producer says so for ever after.
    init(taking error: OpaquePointer, of client: OpaquePointer, attempted: String) {
        defer { unsafe rd_kafka_error_destroy(error) }
        let flags = unsafe Flags(error)
        var code = unsafe rd_kafka_error_code(error)
        if let first = unsafe Self.fatalCode(of: client), flags.isFatal || code.isFatalEcho {
            code = first
        }
        self.init(
            code: code.rawValue,
            message: unsafe String(cString: rd_kafka_error_string(error)),
            reaction: Reaction(code: code, flags: flags),
            attempted: attempted
        )
    }

    /// An error the library gave as a code on a handle that may have failed for good.
    init(_ code: rd_kafka_resp_err_t, of client: OpaquePointer, attempted: String) {
        guard code.isFatalEcho, let first = unsafe Self.fatalCode(of: client) else {
            self.init(code, attempted: attempted)
            return
        }
        var flags = Flags()
        flags.isFatal = true
        self.init(
            code: first.rawValue,
            message: Self.text(of: first),
            reaction: Reaction(code: first, flags: flags),
            attempted: attempted
        )
    }

    /// A setting the library does not take.
    static func badSetting(_ property: String, _ why: String) -> KafkaError {
        KafkaError(
            code: RD_KAFKA_RESP_ERR__INVALID_ARG.rawValue,
            message: why,
            reaction: .badSettings,
            attempted: "setting the Kafka property \(property)"
        )
    }

    private static func fatalCode(of client: OpaquePointer) -> rd_kafka_resp_err_t? {
        let code = unsafe rd_kafka_fatal_error(client, nil, 0)
        return code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : code
    }

    private static func name(of code: Int32) -> String {
        unsafe String(cString: rd_kafka_err2name(rd_kafka_resp_err_t(code)))
    }

    private static func text(of code: rd_kafka_resp_err_t) -> String {
        unsafe String(cString: rd_kafka_err2str(code))
    }

    private static func capped(_ message: String) -> String {
        guard messageBytesMax < message.utf8.count else { return message }
        return String(decoding: message.utf8.prefix(messageBytesMax), as: UTF8.self)
    }
}

extension rd_kafka_resp_err_t {
    /// Whether the code only repeats that the client has failed before.
    fileprivate var isFatalEcho: Bool {
        self == RD_KAFKA_RESP_ERR__FATAL || self == RD_KAFKA_RESP_ERR__STATE
    }
}
