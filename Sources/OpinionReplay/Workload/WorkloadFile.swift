internal import Foundation
internal import OpinionWire

/// Records as lines of JSON: `topic`, `key`, `headers`, `value`.
package enum WorkloadFile {
    /// One record as a line, with its end.
    package static func line(_ item: Workload.Item) -> [UInt8] {
        var line: [UInt8] = []
        JSONWriter.append(to: &line) { json in
            json.beginObject()
            json.member("topic", item.topic)
            json.member("key", item.key)
            json.beginObject("headers")
            for header in item.headers {
                json.member(named: header.name, String(decoding: header.value ?? [], as: UTF8.self))
            }
            json.endObject()
            json.endObject()
        }
        line.removeLast()
        return line + Array(",\"value\":".utf8) + item.value + Array("}\n".utf8)
    }

    /// Writes `roster.jsonl` and `requests.jsonl` into a directory, which is made if need be.
    ///
    /// - Throws: When the directory can't be written to.
    package static func write(_ workload: Workload, to directory: String) throws {
        let folder = URL(filePath: directory, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, items) in [("roster", workload.roster()), ("requests", workload.requests())] {
            let bytes = items.flatMap(line)
            try Data(bytes).write(to: folder.appending(path: "\(name).jsonl"))
        }
    }
}
