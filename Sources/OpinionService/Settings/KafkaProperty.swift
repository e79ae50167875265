internal import KafkaTransport

/// What we know about librdkafka's properties by name.
enum KafkaProperty {
    static let redacted = "[redacted]"

    /// Why a property can't be set, and what to do instead; nil: it can.
    static func refusal(of name: String) -> String? {
        if let reason = reasons[name] { return "reserved: \(reason)" }
        if KafkaSettings.reserved.contains(name) {
            return "reserved: exactly-once processing rests on it"
        }
        if KafkaSettings.isKnown(name) { return nil }
        return SettingsMerge.unknown("librdkafka property", nearest(to: name))
    }

    /// Why a property can't have a value that librdkafka would take; nil: it can.
    static func refusal(of value: String, for name: String) -> String? {
        guard name == "message.max.bytes", let bytes = Int(value), bytes < messageBytesMin else {
            return nil
        }
        return "takes \(messageBytesMin) or more: a record that can't be sent would end the daemon"
    }

    /// librdkafka's default, which all that is written keeps below: see `EventWriter.deadLetterBytesMax`.
    private static let messageBytesMin = 1_000_000

    /// Whether a property's value must not be shown.
    static func isSecret(_ name: String) -> Bool {
        name.contains("password") || name.contains("secret") || name.hasSuffix("key.pem")
            || name == "sasl.oauthbearer.config" || name == "ssl_key"
    }

    /// The value as it may be shown; nil for names that aren't known, which may be misspelt secrets.
    static func shown(_ value: String, of name: String) -> String? {
        guard KafkaSettings.isKnown(name) else { return nil }
        return isSecret(name) && !isReference(value) ? redacted : value
    }

    /// Whether the value only says where to look.
    static func isReference(_ value: String) -> Bool {
        value.hasPrefix(fileScheme) || value.hasPrefix(credentialScheme)
    }

    static let fileScheme = "file:"
    static let credentialScheme = "credential:"

    static func isAlmostKnown(_ name: String) -> Bool {
        KafkaSettings.isKnown(name) || nearest(to: name) != nil
    }

    /// How a value that begins with `file:` or `credential:` is to be taken.
    enum Reference {
        /// The file's text is the value.
        case text
        /// The file's path is the value.
        case path
    }

    /// nil: such a value stands for itself.
    static func reference(_ name: String) -> Reference? {
        if isSecret(name) || name.hasSuffix(".pem") || name == "sasl.username" { return .text }
        return name.hasSuffix(".location") || name == "sasl.kerberos.keytab" ? .path : nil
    }

    static func isValue(_ text: String) -> Bool {
        text.utf8.count <= bytesMax && !text.utf8.contains(0)
    }

    /// Of a value; certificates are the longest.
    static let bytesMax = 65_536

    private static func nearest(to name: String) -> String? {
        Nearest.name(to: name, among: KafkaSettings.knownNames)
    }

    private static let reasons: [String: String] = {
        var reasons = [
            "bootstrap.servers": "set kafka.bootstrapServers",
            "metadata.broker.list": "set kafka.bootstrapServers",
            "group.id": "set kafka.groupId",
            "group.instance.id": "set kafka.instance",
            "transactional.id": "made of kafka.groupId and the shard",
            "isolation.level": "only what was committed may be read",
            "partition.assignment.strategy":
                "a shard's requests and responses must go to one instance",
            "partitioner": "a network's shard must be the same for all",
        ]
        for name in [
            "enable.auto.commit", "auto.commit.enable", "auto.commit.interval.ms",
            "enable.auto.offset.store", "auto.offset.reset",
        ] {
            reasons[name] = "offsets move only inside transactions"
        }
        for name in ["acks", "request.required.acks", "enable.idempotence"] {
            reasons[name] = "each record is to be written once, by all replicas in sync"
        }
        return reasons
    }()
}
