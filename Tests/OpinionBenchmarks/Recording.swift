import Foundation
import OpinionWire

/// A workload from a file: one record a line, as `opinionctl generate --out` writes it.
enum Recording {
    static func read(_ path: String) throws -> [Record] {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        return try text.split(separator: "\n").enumerated().map { index, line in
            try record(Data(line.utf8), offset: Int64(index))
        }
    }

    private static func record(_ line: Data, offset: Int64) throws -> Record {
        let row = try JSONSerialization.jsonObject(with: line) as? [String: Any] ?? [:]
        let headers = row["headers"] as? [String: String] ?? [:]
        return Record(
            topic: row["topic"] as? String ?? "",
            partition: 0,
            offset: offset,
            timestamp: 0,
            key: (row["key"] as? String).map { Array($0.utf8) },
            value: try value(row["value"]),
            headers: headers.sorted { $0.key < $1.key }.map { Header($0.key, Array($0.value.utf8)) }
        )
    }

    private static func value(_ value: Any?) throws -> [UInt8]? {
        switch value {
        case nil, is NSNull: nil
        case let text as String: Array(text.utf8)
        case let value?: Array(try JSONSerialization.data(withJSONObject: value))
        }
    }
}
