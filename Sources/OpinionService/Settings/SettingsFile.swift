internal import Yams

/// Reads the YAML file into settings as given.
struct SettingsFile {
    let path: String

    /// A file of settings is a page long.
    private static let bytesMax = 1 << 20

    /// - Returns: The settings, or what keeps the file from being read.
    func read() -> Result<[SettingGiven], SettingsError> {
        switch TextFile.read(path, bytesMax: Self.bytesMax) {
        case .success(let text): parse(text)
        case .failure(let refusal): refused(refusal.message)
        }
    }

    func parse(_ text: String) -> Result<[SettingGiven], SettingsError> {
        do {
            guard let root = try Yams.compose(yaml: text), !Self.isNull(root) else {
                return .success([])
            }
            guard case .mapping(let mapping) = root else {
                return refused("takes sections such as kafka:, each with settings", root.mark?.line)
            }
            return .success(walk(mapping, below: ""))
        } catch let error as YamlError {
            return refused("not YAML: \(error.what)", error.line)
        } catch {
            return refused("not YAML")
        }
    }

    private func walk(_ mapping: Node.Mapping, below path: String) -> [SettingGiven] {
        mapping.flatMap { key, value -> [SettingGiven] in
            let origin = SettingsProblem.Origin.file(self.path, line: key.mark?.line ?? 0)
            let inner = (path.isEmpty ? "" : path + ".") + (key.scalar?.string ?? "?")
            if case .mapping(let mapping) = value, Self.isSection(inner) {
                return walk(mapping, below: inner)
            }
            return [SettingGiven(origin: origin, path: inner, content: Self.content(of: value))]
        }
    }

    private static func isSection(_ path: String) -> Bool {
        path == SettingKey.properties.name || SettingKey.groups.contains(path)
    }

    private static func content(of node: Node) -> SettingGiven.Content {
        switch node {
        case .scalar(let scalar): isNull(node) ? .nothing : .text(scalar.string)
        case .sequence(let items):
            items.allSatisfy { $0.scalar != nil }
                ? .list(items.compactMap(\.scalar?.string)) : .other("a list of more than texts")
        case .mapping: .other("a mapping")
        case .alias: .other("an alias")
        }
    }

    private static func isNull(_ node: Node) -> Bool {
        guard let scalar = node.scalar, scalar.style == .plain || scalar.style == .any else {
            return false
        }
        return ["", "~", "null"].contains(scalar.string)
    }

    private func refused(
        _ message: String,
        _ line: Int? = nil
    ) -> Result<[SettingGiven], SettingsError> {
        let origin = SettingsProblem.Origin.file(path, line: line ?? 0)
        return .failure(SettingsError([SettingsProblem(origin: origin, key: "", message: message)]))
    }
}

extension YamlError {
    /// What is wrong, without the lines around it: they may hold a password.
    fileprivate var what: String {
        switch self {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _),
            .composer(_, let problem, _, _), .reader(let problem, _, _, _):
            problem
        case .duplicatedKeysInMapping(let names, _):
            "twice in one mapping: \(names.joined(separator: ", "))"
        case .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
            "can't be parsed"
        }
    }

    fileprivate var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _),
            .composer(_, _, let mark, _):
            mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        case .reader, .no, .memory, .writer, .emitter, .representer, .dataCouldNotBeDecoded: nil
        }
    }
}
