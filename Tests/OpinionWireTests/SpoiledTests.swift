import Foundation
import OpinionFlow
import OpinionMatching
import OpinionWire
import Testing

/// The reader takes what the published schemas take, and refuses what they refuse.
///
/// Each case is a good example in which one keyword of its schema was broken, or nearly; a validator has said which
/// (`Tests/schemas/spoil.py`). Of what a schema can't say, only the reader knows: those reasons don't count.
@Suite("Schemas and reader")
struct SpoiledTests {
    private struct Spoiled {
        let text: String
        let example: String
        let path: [Any]
        let value: Any?
        let isValid: Bool

        init?(_ line: Substring) {
            let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            guard let object, let example = object["of"] as? String,
                let path = object["at"] as? [Any],
                let isValid = object["valid"] as? Bool
            else { return nil }
            (self.example, self.path, self.isValid) = (example, path, isValid)
            value = (object["times"] as? Int).map { Self.many(object["is"], $0) } ?? object["is"]
            text = String(line)
        }

        /// Whether the same can be said in binary mode.
        var isInData: Bool { path.count > 1 }

        /// A character or an element many times over.
        private static func many(_ one: Any?, _ times: Int) -> Any {
            if let text = one as? String { return String(repeating: text, count: times) }
            return Array(repeating: one ?? NSNull(), count: times)
        }
    }

    private static let file = Examples.schemas.deletingLastPathComponent()
        .appending(path: "Tests/schemas/spoiled.jsonl")

    /// What no schema can say: it knows neither which codes are whose, nor which exist.
    private static let beyondSchemas: Set<Refusal.Reason> = [
        .unknownFamily, .secondaryOnly, .keyMismatch, .tooLarge,
    ]

    /// A code that doesn't exist has a near one here.
    private func isBeyondSchemas(_ refusal: Refusal?) -> Bool {
        guard let refusal else { return false }
        return Self.beyondSchemas.contains(refusal.reason) || refusal.suggestion != nil
    }

    private func changed(_ value: Any, _ path: ArraySlice<Any>, _ new: Any?) -> Any? {
        guard let first = path.first else { return new }
        if var object = value as? [String: Any], let name = first as? String {
            object[name] = changed(object[name] ?? NSNull(), path.dropFirst(), new)
            return object
        }
        guard var list = value as? [Any], let index = first as? Int else { return value }
        list[index] = changed(list[index], path.dropFirst(), new) ?? NSNull()
        return list
    }

    @Test("the reader's word on every spoiled example is the validator's")
    func agreement() throws {
        let lines = try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n")
        #expect(lines.count > 1_500)
        let examples = Dictionary(grouping: Examples.incoming, by: \.testDescription)
        for line in lines {
            let spoiled = try #require(Spoiled(line))
            let example = try #require(examples[spoiled.example]?.first)
            let event = changed(example.event, spoiled.path[...], spoiled.value)
            let changed = Examples.Good(
                testDescription: spoiled.example,
                event: event as? [String: Any] ?? [:]
            )
            let refusal = Examples.refusal(of: changed.record())
            if spoiled.isInData { #expect(Examples.refusal(of: changed.binary) == refusal) }
            if spoiled.isValid, isBeyondSchemas(refusal) { continue }
            #expect(
                (refusal == nil) == spoiled.isValid,
                "\(spoiled.text): \(String(describing: refusal))"
            )
        }
    }
}
