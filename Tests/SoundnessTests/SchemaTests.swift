import Foundation
import OpinionWire
import Testing

/// The schemas of what comes in, and the code that reads it.
@Suite("Schemas and sources")
struct SchemaTests {
    private static let incoming = [
        "request.submitted.v1", "request.amended.v1", "request.withdrawn.v1",
        "request.directed.v1", "specialist.profiled.v1",
        "response.accepted.v1", "response.declined.v1",
        "response.withdrawn.v1", "response.opinion-submitted.v1",
    ]

    /// Every property that a schema names, at any depth.
    private func properties(of schema: Any) -> Set<String> {
        if let list = schema as? [Any] {
            return list.reduce(into: []) { $0.formUnion(properties(of: $1)) }
        }
        guard let object = schema as? [String: Any] else { return [] }
        var names = Set((object["properties"] as? [String: Any] ?? [:]).keys)
        for value in object.values { names.formUnion(properties(of: value)) }
        return names
    }

    private func schema(_ name: String) throws -> Any {
        let file = SourceFile.root.appending(path: "Schemas/\(name).json")
        return try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    }

    @Test("every property of an incoming event is read by its name")
    func names() throws {
        let reading = SourceFile.all.filter { $0.path.hasPrefix("OpinionWire/In/") }
        let text = reading.map(\.text).joined()
        var missing: Set<String> = []
        for name in Self.incoming {
            let properties = try properties(of: schema(name))
            #expect(properties.isSuperset(of: ["specversion", "id", "source", "type", "data"]))
            missing.formUnion(properties.filter { !text.contains("\"\($0)\"") })
        }
        #expect(missing == [])
    }

    @Test("a pointer may hold the names of the schemas, and no others")
    func pointers() throws {
        let names = try Self.incoming.reduce(into: Set()) {
            $0.formUnion(try properties(of: schema($1)))
        }
        #expect(MemberNames.all == names)
    }

    @Test("a property that nobody reads is found")
    func planted() {
        let schema: [String: Any] = [
            "properties": ["a": ["items": [["properties": ["b": ["type": "string"]]]]]],
            "$defs": ["x": ["properties": ["c": true]]],
        ]
        #expect(properties(of: schema) == ["a", "b", "c"])
    }
}
