/// Lays settings over one another, the later over the earlier, and collects what is wrong with them.
struct SettingsMerge {
    /// What was set; what isn't here has its default.
    private(set) var values: [String: SettingValue] = [:]
    private(set) var properties: [String: String] = [:]
    /// Where each setting was made that was; a property under its whole path.
    private(set) var origins: [String: SettingsProblem.Origin] = [:]
    var problems: [SettingsProblem] = []

    static let propertyPrefix = SettingKey.properties.name + "."

    mutating func take(_ file: Result<[SettingGiven], SettingsError>) {
        switch file {
        case .success(let given):
            for (path, count) in Dictionary(grouping: given, by: \.path).mapValues(\.count)
            where 1 < count {
                let origin = given.last { $0.path == path }?.origin ?? .flag
                problems.append(SettingsProblem(origin: origin, key: path, message: "set twice"))
            }
            given.forEach { take($0) }
        case .failure(let error): problems += error.problems
        }
    }

    /// Variables of sections we don't know are somebody else's.
    mutating func take(environment: [String: String]) {
        let keys = Dictionary(uniqueKeysWithValues: SettingKey.all.map { ($0.variable, $0) })
        let sections = SettingKey.sections.map { SettingKey.variablePrefix + $0.uppercased() + "_" }
        for (name, text) in environment.sorted(by: { $0.key < $1.key }) {
            let origin = SettingsProblem.Origin.environment(name)
            if let key = keys[name] {
                take(SettingGiven(origin: origin, path: key.name, content: .text(text)))
            } else if sections.contains(where: name.hasPrefix) {
                let nearest = Nearest.name(to: name, among: Array(keys.keys))
                let message = Self.unknown("variable", nearest)
                problems.append(SettingsProblem(origin: origin, key: "", message: message))
            }
        }
    }

    /// Takes `key=value` as given to `--set`.
    mutating func take(overrides: [String]) {
        for text in overrides {
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                let message = "takes key=value, such as log.level=debug"
                problems.append(SettingsProblem(origin: .flag, key: "", message: message))
                continue
            }
            let value = String(text[text.index(after: equals)...])
            let path = String(text[..<equals])
            take(SettingGiven(origin: .flag, path: path, content: .text(value)))
        }
    }

    private mutating func take(_ given: SettingGiven) {
        if given.path.hasPrefix(Self.propertyPrefix) {
            takeProperty(given)
        } else if let key = SettingKey.named[given.path] {
            take(given, key)
        } else if !(SettingKey.groups.contains(given.path) && given.isNothing) {
            report(
                given,
                SettingKey.groups.contains(given.path)
                    ? "a section: takes settings below it" : unknown(given.path)
            )
        }
    }

    private mutating func take(_ given: SettingGiven, _ key: SettingKey) {
        let value: SettingValue?
        switch given.content {
        case .nothing: return
        case .text(let text) where key.kind == .properties:
            return takeProperties(text, given.origin)
        case .text(let text): value = key.kind.value(of: text)
        case .list(let items): value = key.kind.value(of: items)
        case .other: value = nil
        }
        guard let value else { return report(given, "takes \(key.kind.wanted)") }
        values[key.name] = value
        origins[key.name] = given.origin
    }

    // MARK: Properties

    private mutating func takeProperty(_ given: SettingGiven) {
        let name = String(given.path.dropFirst(Self.propertyPrefix.count))
        if let refusal = KafkaProperty.refusal(of: name) { return report(given, refusal) }
        guard case .text(let text) = given.content, KafkaProperty.isValue(text) else {
            return report(given, "takes a string, number or boolean")
        }
        if let refusal = KafkaProperty.refusal(of: text, for: name) {
            return report(given, refusal)
        }
        properties[name] = text
        origins[given.path] = given.origin
    }

    /// Takes `name=value,name=value`.
    ///
    /// A password with a comma falls into pieces here, so that a piece is only repeated when it is
    /// almost a property's name.
    private mutating func takeProperties(_ text: String, _ origin: SettingsProblem.Origin) {
        let pieces =
            text.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false)
        for (index, piece) in pieces.enumerated() {
            let equals = piece.firstIndex(of: "=") ?? piece.endIndex
            let name = SettingKey.Kind.trimmed(piece[..<equals])
            guard equals < piece.endIndex, KafkaProperty.isAlmostKnown(name) else {
                let message =
                    "item \(index + 1) is not name=value with a property that librdkafka has; "
                    + "a value with a comma has to be set in the file"
                let key = SettingKey.properties.name
                problems.append(SettingsProblem(origin: origin, key: key, message: message))
                continue
            }
            let value = String(piece[piece.index(after: equals)...])
            let path = Self.propertyPrefix + name
            takeProperty(SettingGiven(origin: origin, path: path, content: .text(value)))
        }
    }

    // MARK: Problems

    private mutating func report(_ given: SettingGiven, _ message: String) {
        problems.append(
            SettingsProblem(
                origin: given.origin,
                key: given.path,
                value: shown(given),
                message: message
            )
        )
    }

    /// The value as an error may repeat it: not of what isn't known, which may be a misspelt secret.
    private func shown(_ given: SettingGiven) -> String? {
        guard given.path.hasPrefix(Self.propertyPrefix) else {
            let isKnown = SettingKey.named[given.path].map { $0.kind != .properties } ?? false
            return isKnown ? given.shown : nil
        }
        let name = String(given.path.dropFirst(Self.propertyPrefix.count))
        return given.shown.flatMap { KafkaProperty.shown($0, of: name) }
    }

    private func unknown(_ path: String) -> String {
        let names = SettingKey.all.map(\.name)
        let nearest =
            Nearest.name(to: path, among: names + SettingKey.groups)
            ?? names.first { $0.split(separator: ".").last == path.split(separator: ".").last }
        return Self.unknown("setting", nearest)
    }

    static func unknown(_ what: String, _ nearest: String?) -> String {
        "no such \(what)" + (nearest.map { "; did you mean \($0)?" } ?? "")
    }
}

extension SettingGiven {
    fileprivate var isNothing: Bool {
        if case .nothing = content { true } else { false }
    }

    /// The value as an error may repeat it.
    fileprivate var shown: String? {
        switch content {
        case .text(let text): text.count <= 80 ? text : text.prefix(80) + "…"
        case .list(let items): "[\(items.joined(separator: ", ").prefix(80))]"
        case .other(let words): words
        case .nothing: nil
        }
    }
}
