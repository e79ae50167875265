import Foundation
import OpinionFlow
import OpinionMatching
import OpinionWire
import Testing

/// The golden examples of `Schemas/`, as records.
enum Examples {
    static let schemas = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Schemas")

    /// A good event: as an object, and what its type says of the topic.
    struct Good: CustomTestStringConvertible, @unchecked Sendable {
        let testDescription: String
        // Read once, never changed.
        let event: [String: Any]

        var type: String { event["type"] as? String ?? "" }
        var data: [String: Any] { event["data"] as? [String: Any] ?? [:] }

        var topic: String? {
            switch type {
            case EventType.submitted, EventType.amended, EventType.withdrawn, EventType.directed:
                Topic.requests
            case EventType.accepted, EventType.declined, EventType.givenBack, EventType.delivered:
                Topic.responses
            case EventType.profiled: Topic.specialists
            default: nil
            }
        }

        var key: String? {
            data[type == EventType.profiled ? "specialistId" : "networkId"] as? String
        }

        func record(_ event: [String: Any]? = nil) -> Record {
            Examples.record(
                topic ?? "",
                key,
                bytes(event ?? self.event),
                ["content-type": "application/cloudevents+json; charset=UTF-8"]
            )
        }

        /// The same event in binary mode.
        var binary: Record {
            var headers = ["content-type": "application/json"]
            for (name, value) in event where name != "data" && name != "datacontenttype" {
                headers["ce_\(name)"] = value as? String
            }
            return Examples.record(topic ?? "", key, bytes(data), headers)
        }
    }

    /// A bad event, and what it is refused for.
    struct Bad: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let record: Record
        let refusal: Refusal
    }

    static let incoming = good.filter { $0.topic != nil }

    static let good: [Good] = files("examples/good").map {
        Good(testDescription: $0.lastPathComponent, event: object($0))
    }

    static let bad: [Bad] = files("examples/bad").map { file in
        let example = object(file)
        let value = (example["valueText"] as? String).map { Array($0.utf8) }
        let reason = Refusal.Reason(rawValue: example["reason"] as? String ?? "")
        return Bad(
            testDescription: file.lastPathComponent,
            record: record(
                example["topic"] as? String ?? "",
                example["key"] as? String,
                value ?? bytes(example["event"] ?? NSNull()),
                example["headers"] as? [String: String] ?? [:]
            ),
            refusal: Refusal(
                reason ?? .processorCrash,
                at: example["pointer"] as? String ?? "missing",
                suggesting: example["suggestion"] as? String
            )
        )
    }

    static func files(_ folder: String) -> [URL] {
        let all = try? FileManager.default.contentsOfDirectory(
            at: schemas.appending(path: folder),
            includingPropertiesForKeys: nil
        )
        return (all ?? []).filter { $0.pathExtension == "json" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
    }

    static func object(_ file: URL) -> [String: Any] {
        guard let data = try? Data(contentsOf: file),
            let object = try? JSONSerialization.jsonObject(with: data)
        else { return [:] }
        return object as? [String: Any] ?? [:]
    }

    static func bytes(_ value: Any) -> [UInt8] {
        let data = try? JSONSerialization.data(
            withJSONObject: value,
            options: [.fragmentsAllowed, .sortedKeys]
        )
        return Array(data ?? Data())
    }

    static func record(
        _ topic: String,
        _ key: String?,
        _ value: [UInt8],
        _ headers: [String: String]
    ) -> Record {
        Record(
            topic: topic,
            partition: 0,
            offset: 7,
            timestamp: 1_795_341_600_000,
            key: key.map { Array($0.utf8) },
            value: value,
            headers: headers.sorted { $0.key < $1.key }.map { Header($0.key, Array($0.value.utf8)) }
        )
    }

    // MARK: Reading

    static let policy = Policy(name: "default", sha256: String(repeating: "0", count: 64))

    /// What became of a record: nil when it was read.
    static func refusal(of record: Record, _ settings: ReaderSettings? = nil) -> Refusal? {
        let reader = EventReader(settings ?? ReaderSettings(policy: policy))
        do throws(Refusal) {
            switch record.topic {
            case Topic.specialists: _ = try reader.profile(record)
            case Topic.responses: _ = try reader.event(record, from: .responses)
            default: _ = try reader.event(record, from: .requests)
            }
            return nil
        } catch {
            return error
        }
    }
}
