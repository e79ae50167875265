internal import Foundation

/// The JSON Schema of the settings file, for editors and for whoever generates policies.
extension SettingKey {
    /// JSON Schema 2020-12, made of the table.
    ///
    /// It says what types and ranges allow; what only the whole can tell, such as names made of other
    /// settings, is checked by `opiniond check --offline`.
    package static var schema: String {
        var root = object(of: tree)
        root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        root["$id"] = "https://opiniond.org/schemas/settings.json"
        root["title"] = "Settings of opiniond"
        root["description"] = "The file given with --config, YAML or JSON; matching is the policy."
        let options: JSONSerialization.WritingOptions = [
            .prettyPrinted, .sortedKeys, .withoutEscapingSlashes,
        ]
        let data = try? JSONSerialization.data(withJSONObject: root, options: options)
        return String(decoding: data ?? Data(), as: UTF8.self) + "\n"
    }

    /// A setting, or a section with what lies below it.
    private indirect enum Node {
        case leaf(SettingKey)
        case section([String: Node])
    }

    private static var tree: [String: Node] {
        var tree: [String: Node] = [:]
        for key in all { insert(key, key.path[...], into: &tree) }
        return tree
    }

    private static func insert(
        _ key: SettingKey,
        _ path: ArraySlice<String>,
        into tree: inout [String: Node]
    ) {
        guard let name = path.first else { return }
        guard path.count > 1 else { return tree[name] = .leaf(key) }
        var below: [String: Node] = [:]
        if case .section(let known) = tree[name] { below = known }
        insert(key, path.dropFirst(), into: &below)
        tree[name] = .section(below)
    }

    private static func object(of tree: [String: Node]) -> [String: Any] {
        let properties = tree.mapValues { node in
            switch node {
            case .leaf(let key): key.schema
            case .section(let below): object(of: below)
            }
        }
        return ["type": "object", "properties": properties, "additionalProperties": false]
    }

    private var schema: [String: Any] {
        var schema = kind.schema
        schema["description"] = lines.joined(separator: " ")
        if let plain = standard.json { schema["default"] = plain }
        return schema
    }
}

extension SettingKey.Kind {
    fileprivate var schema: [String: Any] {
        switch self {
        case .servers: ["type": "string", "minLength": 1]
        case .name(let max, let orEmpty):
            ["type": "string", "pattern": "^[A-Za-z0-9._-]{\(orEmpty ? 0 : 1),\(max)}$"]
        case .path: ["type": "string", "pattern": "^(/.*)?$"]
        case .word(let words): ["enum": words]
        case .number(let range):
            ["type": "integer", "minimum": range.lowerBound, "maximum": range.upperBound]
        case .flag: ["type": "boolean"]
        // YAML 1.1 reads on and off as booleans.
        case .toggle: ["enum": ["on", "off", true, false] as [Any]]
        case .list(let min):
            [
                "type": "array", "minItems": min, "maxItems": Self.itemsMax,
                "items": ["type": "string", "minLength": 1, "pattern": "^[^,]*$"],
            ]
        case .properties:
            ["type": "object", "additionalProperties": ["type": ["string", "number", "boolean"]]]
        }
    }
}

extension SettingValue {
    fileprivate var json: Any? {
        switch self {
        case .text(let text): text
        case .number(let number): number
        case .flag(let isSet): isSet
        case .toggle(let isOn): isOn ? "on" : "off"
        case .list(let items): items
        case .map: nil
        }
    }
}
