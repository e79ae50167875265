internal import OpinionFlow

extension Settings {
    /// The settings in force as YAML that reads back to the same; secrets are redacted, and what isn't
    /// a default says where it was set.
    package var effective: String {
        SettingsText.tree(SettingKey.all) { key, indent in
            let text: String
            switch value(key) {
            case .map(let map) where !map.isEmpty:
                return "\(indent)\(key.leaf):\n" + properties(map, indent + "  ")
            case let value: text = value.yaml
            }
            return "\(indent)\(key.leaf): \(text)\(remark(key.name))\n"
        } remark: { section in
            section == "matching" ? "  # sha256 \(policy.sha256)" : ""
        }
    }

    private func properties(_ map: [String: String], _ indent: String) -> String {
        map.sorted { $0.key < $1.key }.map { name, value in
            let origin = remark(SettingsMerge.propertyPrefix + name)
            return "\(indent)\(name): \(SettingsText.scalar(value))\(origin)\n"
        }.joined()
    }

    private func remark(_ path: String) -> String {
        origin(path).map { "  # \(LineText.escaped($0.description))" } ?? ""
    }
}

extension SettingKey {
    /// The file of settings to begin with: every setting with its meaning and its default, switched off.
    package static var sample: String {
        """
        # Settings of opiniond. Every one is here, switched off, with its default.
        # The environment wins over this file (kafka.bootstrapServers is
        # \(bootstrapServers.variable)), and --set key=value over both.
        # opiniond check --offline says whether it is right; opiniond config what is in force.
        \n
        """
            + SettingsText.tree(all) { key, indent in
                let comment = key.lines.map { "\(indent)# \($0)\n" }.joined()
                return comment + "\(indent)# Takes \(key.kind.wanted).\n"
                    + "\(indent)#\(key.leaf): \(key.standard.yaml)\n"
            } remark: { _ in
                ""
            }
    }

    fileprivate var leaf: String { path.last ?? name }
}

extension SettingValue {
    /// The value as YAML in one line.
    var yaml: String {
        switch self {
        case .text(let text): SettingsText.scalar(text)
        case .number, .flag, .toggle: canonical
        case .list(let items): "[\(items.map(SettingsText.scalar).joined(separator: ", "))]"
        case .map: "{}"
        }
    }
}

/// The little YAML that we write.
enum SettingsText {
    /// Sections with their settings, in the order of the table.
    ///
    /// - Parameters:
    ///   - keys: The settings; those of one section stand together.
    ///   - write: Writes one setting at an indentation.
    ///   - remark: What stands after a section's colon.
    /// - Returns: YAML, as long as what is written at each setting is.
    static func tree(
        _ keys: [SettingKey],
        _ write: (SettingKey, _ indent: String) -> String,
        remark: (_ section: String) -> String
    ) -> String {
        var text = ""
        var open: [String] = []
        for key in keys {
            let sections = Array(key.path.dropLast())
            for depth in sections.indices where open.prefix(depth + 1) != sections.prefix(depth + 1)
            {
                let path = sections.prefix(depth + 1).joined(separator: ".")
                if depth == 0, !text.isEmpty { text += "\n" }
                text += indent(depth) + sections[depth] + ":" + remark(path) + "\n"
            }
            open = sections
            text += write(key, indent(sections.count))
        }
        return text
    }

    private static func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth) }

    /// A text as a scalar that YAML 1.1 and 1.2 read as that text: in quotes, if there is any doubt.
    static func scalar(_ text: String) -> String {
        isPlain(text) ? text : "\"" + text.unicodeScalars.map(escaped).joined() + "\""
    }

    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first), !isReserved(text) else { return false }
        return text.utf8.allSatisfy { byte in
            isLetter(byte) || 0x30...0x39 ~= byte || [0x2d, 0x2e, 0x2f, 0x5f].contains(byte)
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        0x41...0x5a ~= byte || 0x61...0x7a ~= byte
    }

    private static func isReserved(_ text: String) -> Bool {
        ["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(text.lowercased())
    }

    private static func escaped(_ scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "\"": return "\\\""
        case "\\": return "\\\\"
        case "\n": return "\\n"
        case " "..."~": return String(scalar)
        default:
            let digits = String(scalar.value, radix: 16)
            return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        }
    }
}
