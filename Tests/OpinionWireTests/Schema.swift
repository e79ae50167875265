import Foundation

/// As much of JSON Schema as the schemas of events use, and no more: what it doesn't know it tells.
///
/// Independent of the writer it checks: it reads the bytes with Foundation.
struct Schema: @unchecked Sendable {
    // Read once, never changed.
    private let root: [String: Any]

    init(root: [String: Any]) { self.root = root }

    /// The schema of an event type, without the prefix that all have.
    init(of type: String) {
        root = Examples.object(Examples.schemas.appending(path: "\(type).json"))
    }

    /// What doesn't fit, each with its place; empty: it fits.
    func problems(ofText text: String) -> [String] {
        guard let value = try? JSONSerialization.jsonObject(with: Data(text.utf8)) else {
            return ["no JSON"]
        }
        return problems(of: value)
    }

    func problems(of value: Any) -> [String] { check(value, root, "") }

    private static let silent: Set = [
        "$schema", "$id", "$defs", "title", "description", "default", "format", "type", "required",
        "properties", "additionalProperties", "items", "minItems", "maxItems", "minLength",
        "maxLength", "minimum", "maximum", "pattern", "enum", "const", "oneOf", "$ref",
        "contains", "minContains", "maxContains",
    ]

    private func check(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        var problems = schema.keys.filter { !Self.silent.contains($0) }.map { "unknown word \($0)" }
        if let reference = schema["$ref"] as? String {
            problems += check(value, definition(reference), place)
        }
        if let choices = schema["oneOf"] as? [[String: Any]] {
            let fitting = choices.count { check(value, $0, place).isEmpty }
            if fitting != 1 { problems.append("\(place): fits \(fitting) of oneOf") }
        }
        if let constant = schema["const"], !isEqual(constant, value) {
            problems.append("\(place): not the constant")
        }
        if let values = schema["enum"] as? [Any], !values.contains(where: { isEqual($0, value) }) {
            problems.append("\(place): none of the enum")
        }
        if let type = schema["type"], !types(type).contains(where: { $0 == kind(of: value) }) {
            let isWhole = kind(of: value) == "integer" && types(type).contains("number")
            if !isWhole { problems.append("\(place): \(kind(of: value)) is not \(type)") }
        }
        switch value {
        case let object as [String: Any]: problems += check(object: object, schema, place)
        case let array as [Any]: problems += check(array: array, schema, place)
        case let text as String: problems += check(text: text, schema, place)
        case let number as NSNumber: problems += check(number: number.doubleValue, schema, place)
        default: break
        }
        return problems
    }

    private func check(object: [String: Any], _ schema: [String: Any], _ place: String) -> [String]
    {
        let properties = schema["properties"] as? [String: Any] ?? [:]
        var problems: [String] = []
        for name in schema["required"] as? [String] ?? [] where object[name] == nil {
            problems.append("\(place)/\(name): missing")
        }
        for (name, member) in object.sorted(by: { $0.key < $1.key }) {
            if let inner = properties[name] as? [String: Any] {
                problems += check(member, inner, "\(place)/\(name)")
            } else if schema["additionalProperties"] as? Bool == false {
                problems.append("\(place)/\(name): not in the schema")
            } else if let inner = schema["additionalProperties"] as? [String: Any] {
                problems += check(member, inner, "\(place)/\(name)")
            }
        }
        return problems
    }

    private func check(array: [Any], _ schema: [String: Any], _ place: String) -> [String] {
        var problems = within(array.count, schema, "minItems", "maxItems", place)
        guard let items = schema["items"] as? [String: Any] else { return problems }
        for (index, element) in array.enumerated() {
            problems += check(element, items, "\(place)/\(index)")
        }
        return problems
    }

    private func check(text: String, _ schema: [String: Any], _ place: String) -> [String] {
        var problems = within(text.unicodeScalars.count, schema, "minLength", "maxLength", place)
        if let pattern = schema["pattern"] as? String,
            text.range(of: pattern, options: .regularExpression) == nil
        {
            problems.append("\(place): not of the pattern")
        }
        return problems
    }

    private func check(number: Double, _ schema: [String: Any], _ place: String) -> [String] {
        let low = (schema["minimum"] as? NSNumber)?.doubleValue ?? -.infinity
        let high = (schema["maximum"] as? NSNumber)?.doubleValue ?? .infinity
        return low <= number && number <= high ? [] : ["\(place): out of range"]
    }

    private func within(
        _ count: Int,
        _ schema: [String: Any],
        _ low: String,
        _ high: String,
        _ place: String
    ) -> [String] {
        let least = schema[low] as? Int ?? 0
        let most = schema[high] as? Int ?? .max
        return least <= count && count <= most ? [] : ["\(place): \(count) long"]
    }

    private func definition(_ reference: String) -> [String: Any] {
        let name = String(reference.split(separator: "/").last ?? "")
        let all = root["$defs"] as? [String: Any]
        return all?[name] as? [String: Any] ?? ["no such definition": name]
    }

    private func types(_ type: Any) -> [String] {
        type as? [String] ?? [type as? String ?? ""]
    }

    private func isEqual(_ left: Any, _ right: Any) -> Bool {
        Examples.bytes(left) == Examples.bytes(right)
    }

    private func kind(of value: Any) -> String {
        switch value {
        case is NSNull: return "null"
        case is String: return "string"
        case is [Any]: return "array"
        case is [String: Any]: return "object"
        default: break
        }
        switch String(decoding: Examples.bytes(value), as: UTF8.self) {
        case "true", "false": return "boolean"
        case let text where text.contains(where: { ".eE".contains($0) }): return "number"
        default: return "integer"
        }
    }
}
