// Who sent an event, for a person who looks for a sender with a fault.
extension EventReader {
    /// The `source` of a record; nil: it has none that can be read.
    ///
    /// - Complexity: O(bytes of the record), which is parsed once more.
    package func source(of record: Record) -> String? {
        if let header = record.headers.last(where: { $0.name == "ce_source" })?.value {
            return String(decoding: header.prefix(256), as: UTF8.self)
        }
        guard let value = record.value, let tree = try? lenient.parse(value) else { return nil }
        return tree.root["source"]?.string
    }
}
