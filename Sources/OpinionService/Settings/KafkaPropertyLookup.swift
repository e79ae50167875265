internal import Foundation
internal import KafkaTransport

/// Turns properties as given into properties for librdkafka: looks secrets up, and lets the library
/// say what it thinks of the values.
struct KafkaPropertyLookup {
    let merge: SettingsMerge
    /// `$CREDENTIALS_DIRECTORY`, where systemd puts credentials (systemd.exec(5)).
    let credentials: String?

    private typealias Properties = [(name: String, value: String)]

    /// - Returns: The properties in order of name, and what is wrong with them.
    func run() -> (properties: [(name: String, value: String)], problems: [SettingsProblem]) {
        var resolved: Properties = []
        var problems: [SettingsProblem] = []
        for (name, value) in merge.properties.sorted(by: { $0.key < $1.key }) {
            switch look(up: value, for: name) {
            case .success(let value): resolved.append((name, value))
            case .failure(let reason):
                problems.append(problem(name, reason.message, shown: value))
            }
        }
        guard problems.isEmpty else { return (resolved, problems) }
        problems = missingMechanism(resolved).map { [$0] } ?? trial(resolved)
        return (resolved, problems)
    }

    /// Without a mechanism librdkafka takes Kerberos, and then complains of a command that nobody has set.
    private func missingMechanism(_ properties: Properties) -> SettingsProblem? {
        let isGiven = properties.contains {
            ["sasl.mechanism", "sasl.mechanisms"].contains($0.name)
                || $0.name.hasPrefix("sasl.kerberos.")
        }
        guard !isGiven, let security = properties.last(where: { $0.name == "security.protocol" }),
            security.value.lowercased().hasPrefix("sasl_")
        else { return nil }
        return problem(
            security.name,
            "needs sasl.mechanisms beside it: PLAIN, SCRAM-SHA-256, SCRAM-SHA-512, OAUTHBEARER or GSSAPI",
            shown: security.value
        )
    }

    // MARK: Secrets

    private func look(up value: String, for name: String) -> Result<String, TextFile.Refusal> {
        guard let reference = KafkaProperty.reference(name) else { return .success(value) }
        return switch path(value) {
        case nil: .success(value)
        case .failure(let reason)?: .failure(reason)
        case .success(let path)?: read(path, as: reference)
        }
    }

    /// The file that a value refers to; nil: the value stands for itself.
    private func path(_ value: String) -> Result<String, TextFile.Refusal>? {
        guard value.hasPrefix(KafkaProperty.credentialScheme) else {
            guard value.hasPrefix(KafkaProperty.fileScheme) else { return nil }
            let path = String(value.dropFirst(KafkaProperty.fileScheme.count))
            return path.hasPrefix("/")
                ? .success(path)
                : .failure(TextFile.Refusal(message: "takes an absolute path after file:"))
        }
        let name = value.dropFirst(KafkaProperty.credentialScheme.count)
        guard !name.isEmpty, !name.contains("/"), name != ".", name != ".." else {
            return .failure(TextFile.Refusal(message: "takes the name of a credential, no path"))
        }
        guard let credentials else {
            let message = "CREDENTIALS_DIRECTORY is not set: systemd sets it with LoadCredential"
            return .failure(TextFile.Refusal(message: message))
        }
        return .success("\(credentials)/\(name)")
    }

    private func read(
        _ path: String,
        as reference: KafkaProperty.Reference
    ) -> Result<String, TextFile.Refusal> {
        if reference == .path {
            return FileManager.default.isReadableFile(atPath: path)
                ? .success(path) : .failure(TextFile.Refusal(message: "can't be read"))
        }
        return TextFile.read(path, bytesMax: KafkaProperty.bytesMax).flatMap { text in
            let line = text.last?.isNewline == true ? String(text.dropLast()) : text
            guard !line.isEmpty, KafkaProperty.isValue(line) else {
                return .failure(TextFile.Refusal(message: "the file has no text"))
            }
            return .success(line)
        }
    }

    // MARK: Trial

    /// Makes the clients without brokers to talk to, and takes out one property after the other that
    /// librdkafka doesn't like.
    private func trial(_ properties: Properties) -> [SettingsProblem] {
        var left = properties
        var problems: [SettingsProblem] = []
        while !left.isEmpty, let error = Self.objection(to: left) {
            guard let bad = left.first(where: { error.attempted.hasSuffix(" \($0.name)") }) else {
                let origin = merge.origins[SettingsMerge.propertyPrefix + left[0].name]
                let key = SettingKey.properties.name
                problems.append(
                    SettingsProblem(origin: origin ?? .flag, key: key, message: error.message)
                )
                break
            }
            problems.append(problem(bad.name, error.message, shown: bad.value))
            left.removeAll { $0.name == bad.name }
        }
        return problems
    }

    private static func objection(to properties: Properties) -> KafkaError? {
        do throws(KafkaError) {
            try PartitionReader(
                settings: .groupConsumer(group: "trial", instance: "trial", user: properties),
                isolation: .readCommitted,
                log: KafkaLog()
            ).close()
            try TransactionalProducer(
                settings: .producer(user: properties),
                transactionalID: "trial",
                topics: [],
                log: KafkaLog()
            ).close()
            return nil
        } catch {
            return error
        }
    }

    private func problem(_ name: String, _ message: String, shown value: String) -> SettingsProblem
    {
        let path = SettingsMerge.propertyPrefix + name
        return SettingsProblem(
            origin: merge.origins[path] ?? .flag,
            key: path,
            value: KafkaProperty.shown(value, of: name),
            message: message
        )
    }
}
