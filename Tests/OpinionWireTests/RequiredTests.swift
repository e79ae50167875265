import Foundation
import OpinionFlow
import OpinionWire
import Testing

/// Every member that a schema requires is required by the reader too.
@Suite("Required members")
struct RequiredTests {
    /// A place in an event, from its root.
    typealias Path = [String]

    /// The places of all required members that an event has.
    private func required(_ value: Any, _ schema: [String: Any], _ root: [String: Any]) -> [Path] {
        var schema = schema
        if let reference = schema["$ref"] as? String {
            let name = String(reference.split(separator: "/").last ?? "")
            schema = (root["$defs"] as? [String: Any])?[name] as? [String: Any] ?? [:]
        }
        if let elements = value as? [Any], let items = schema["items"] as? [String: Any] {
            return elements.enumerated().flatMap { index, element in
                required(element, items, root).map { ["\(index)"] + $0 }
            }
        }
        guard let object = value as? [String: Any] else { return [] }
        let names = schema["required"] as? [String] ?? []
        var paths = names.filter { object[$0] != nil }.map { [$0] }
        for (name, inner) in schema["properties"] as? [String: Any] ?? [:] {
            guard let member = object[name], let inner = inner as? [String: Any] else { continue }
            paths += required(member, inner, root).map { [name] + $0 }
        }
        return paths
    }

    private func without(_ path: ArraySlice<String>, _ value: Any) -> Any {
        guard let first = path.first else { return value }
        if var elements = value as? [Any], let index = Int(first), index < elements.count {
            elements[index] = without(path.dropFirst(), elements[index])
            return elements
        }
        guard var object = value as? [String: Any], let member = object[first] else { return value }
        object[first] = path.count == 1 ? nil : without(path.dropFirst(), member)
        return object
    }

    private func schema(of example: Examples.Good) -> [String: Any] {
        let name = example.type.dropFirst("org.opiniond.".count)
        return Examples.object(Examples.schemas.appending(path: "\(name).json"))
    }

    @Test("a missing member is refused where it would be", arguments: Examples.incoming)
    func missing(_ example: Examples.Good) {
        let schema = schema(of: example)
        let paths = required(example.event, schema, schema)
        #expect(paths.count >= 6)
        for path in paths.sorted(by: { $0.joined() < $1.joined() }) {
            let event = without(path[...], example.event) as? [String: Any] ?? [:]
            let expected = Refusal(
                path.count == 1 ? .notCloudEvent : .schema,
                at: "/" + path.joined(separator: "/")
            )
            #expect(Examples.refusal(of: example.record(event)) == expected)
        }
    }

    @Test("the required members are found at every depth")
    func depth() throws {
        let full = try #require(
            Examples.incoming.first { $0.testDescription == "request.submitted.v1.full.json" }
        )
        let schema = schema(of: full)
        let paths = Set(required(full.event, schema, schema).map { $0.joined(separator: "/") })
        #expect(
            paths.isSuperset(of: [
                "id", "data/conditions", "data/conditions/1/code/system",
                "data/questions/0/id",
            ])
        )
    }
}
