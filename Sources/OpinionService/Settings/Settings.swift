internal import Crypto
internal import Foundation
package import KafkaTransport
package import Logging
internal import OpinionFlow
internal import OpinionMatching
package import OpinionWire

/// All settings, checked: the file, under the environment, under the flags.
package struct Settings: Sendable {
    /// Read when no file is named; it need not be there.
    package static let standardFile = "/etc/opiniond/opiniond.yaml"

    private let values: [String: SettingValue]
    private let origins: [String: SettingsProblem.Origin]
    private let host: String
    /// The properties as they were given: secrets not looked up.
    private let givenProperties: [String: String]
    private let properties: [(name: String, value: String)]
    /// The client library's log, one for all that uses these settings.
    package let kafkaLog = KafkaLog()

    /// Reads and checks everything.
    ///
    /// - Parameters:
    ///   - file: The YAML file; nil: ``standardFile``, if it is there.
    ///   - environment: The environment. Besides `OPINIOND_…`, `CREDENTIALS_DIRECTORY` is used.
    ///   - overrides: `key=value` each, as given to `--set`.
    /// - Returns: Settings without a mistake that can be seen without brokers.
    /// - Throws: ``SettingsError`` with every problem there is.
    package static func load(
        file: String?,
        environment: [String: String],
        overrides: [String]
    ) throws(SettingsError) -> Settings {
        var merge = SettingsMerge()
        if let file = file ?? existing(standardFile) {
            merge.take(SettingsFile(path: file).read())
        }
        merge.take(environment: environment)
        merge.take(overrides: overrides)
        return try Settings(merge, credentials: environment["CREDENTIALS_DIRECTORY"])
    }

    /// Reads and checks a file's text, with nothing over it.
    ///
    /// - Throws: ``SettingsError`` with every problem there is.
    package static func load(
        text: String,
        named name: String = "text"
    ) throws(SettingsError) -> Settings {
        var merge = SettingsMerge()
        merge.take(SettingsFile(path: name).parse(text))
        return try Settings(merge, credentials: nil)
    }

    private init(_ merge: SettingsMerge, credentials: String?) throws(SettingsError) {
        let (properties, problems) = KafkaPropertyLookup(merge: merge, credentials: credentials)
            .run()
        let all = merge.problems + problems
        guard all.isEmpty else { throw SettingsError(all) }
        values = merge.values
        origins = merge.origins
        givenProperties = merge.properties
        self.properties = properties
        let host = ProcessInfo.processInfo.hostName
        self.host = host.isEmpty ? "localhost" : host
        try checkNames()
        try checkAges()
    }

    /// The names made of other settings must be right as well.
    private func checkNames() throws(SettingsError) {
        var problems: [SettingsProblem] = []
        for (key, name) in [(SettingKey.groupID, group), (.instance, instance)]
        where key.kind.value(of: name) == nil {
            problems.append(
                SettingsProblem(
                    origin: origins[key.name] ?? .environment("host name"),
                    key: key.name,
                    value: name,
                    message: "the default takes \(key.kind.wanted): set one"
                )
            )
        }
        if !problems.isEmpty { throw SettingsError(problems) }
    }

    private func checkAges() throws(SettingsError) {
        let (least, most) = (number(.gateMinAge), number(.gateMaxAge))
        guard least > most else { return }
        let key = SettingKey.gateMinAge.name
        let problem = SettingsProblem(
            origin: origins[key] ?? origins[SettingKey.gateMaxAge.name] ?? .flag,
            key: key,
            value: String(least),
            message: "takes at most \(SettingKey.gateMaxAge.name), which is \(most)"
        )
        throw SettingsError([problem])
    }

    private static func existing(_ path: String) -> String? {
        FileManager.default.fileExists(atPath: path) ? path : nil
    }
}

// MARK: Values

extension Settings {
    package var bootstrapServers: String { text(.bootstrapServers) }
    package var topicPrefix: String { text(.topicPrefix) }
    package var group: String {
        let set = text(.groupID)
        return set.isEmpty ? topicPrefix + "opiniond" : set
    }
    package var instance: String {
        let set = text(.instance)
        return set.isEmpty ? host : set
    }
    package var healthIntervalSeconds: Int { number(.healthInterval) }
    /// nil: no metrics are written.
    package var metricsFile: String? {
        let path = text(.metricsFile)
        return path.isEmpty ? nil : path
    }
    package var logFormat: Line.Format { Line.Format(rawValue: text(.logFormat)) ?? .logfmt }
    package var logLevel: Logger.Level { Logger.Level(rawValue: text(.logLevel)) ?? .info }
    package var eventsMode: EventWriter.Mode {
        EventWriter.Mode(rawValue: text(.eventsMode)) ?? .structured
    }

    package var site: KafkaSite {
        var all = [(name: "bootstrap.servers", value: bootstrapServers)]
        if !properties.contains(where: { $0.name == "client.id" }) {
            all.append(("client.id", "opiniond-\(instance)"))
        }
        var site = KafkaSite(
            group: group,
            instance: instance,
            prefix: topicPrefix,
            properties: all + properties,
            log: kafkaLog
        )
        site.tellsDecisions = text(.decisions) == "full"
        site.topicsWaitSeconds = Double(number(.topicsWait))
        site.acceptedLogs = Set(list(.acceptedLogs))
        site.leavesOnStop = flag(.leaveOnStop)
        site.needs = topicNeeds
        return site
    }

    /// How large what we write may get.
    package var topicNeeds: TopicNeeds {
        TopicNeeds(valueBytesMax: number(.valueBytes), properties: properties)
    }

    package var reader: ReaderSettings {
        ReaderSettings(
            limits: JSONLimits(
                bytes: number(.valueBytes),
                depth: number(.depth),
                members: number(.members),
                keyBytes: number(.keyBytes),
                stringBytes: number(.stringBytes)
            ),
            allowedSources: list(.allowedSources),
            policy: policy
        )
    }

    /// The value in force; for names that are made of others, what they came to.
    func value(_ key: SettingKey) -> SettingValue {
        switch key.name {
        case SettingKey.groupID.name: .text(group)
        case SettingKey.instance.name: .text(instance)
        case SettingKey.properties.name:
            .map(
                Dictionary(
                    uniqueKeysWithValues: givenProperties.map { name, value in
                        (name, KafkaProperty.shown(value, of: name) ?? KafkaProperty.redacted)
                    }
                )
            )
        default: values[key.name] ?? key.standard
        }
    }

    /// librdkafka's properties of which others have another value, or none.
    func changedProperties(in others: Settings) -> [String] {
        let (ours, theirs) = (propertiesByName, others.propertiesByName)
        return Set(ours.keys).union(theirs.keys).filter { ours[$0] != theirs[$0] }
            .map { SettingsMerge.propertyPrefix + $0 }
    }

    private var propertiesByName: [String: String] {
        Dictionary(properties.map { ($0.name, $0.value) }) { $1 }
    }

    /// Where a setting was made; nil: nowhere, it has its default.
    func origin(_ path: String) -> SettingsProblem.Origin? { origins[path] }

    func text(_ key: SettingKey) -> String {
        guard case .text(let text) = values[key.name] ?? key.standard else {
            preconditionFailure("\(key.name) is no text")
        }
        return text
    }

    func number(_ key: SettingKey) -> Int {
        guard case .number(let number) = values[key.name] ?? key.standard else {
            preconditionFailure("\(key.name) is no number")
        }
        return number
    }

    func flag(_ key: SettingKey) -> Bool {
        switch values[key.name] ?? key.standard {
        case .flag(let isSet), .toggle(let isSet): return isSet
        case .text, .number, .list, .map: preconditionFailure("\(key.name) is no flag")
        }
    }

    package func list(_ key: SettingKey) -> [String] {
        guard case .list(let items) = values[key.name] ?? key.standard else {
            preconditionFailure("\(key.name) is no list")
        }
        return items
    }
}
