internal import CRDKafka
internal import Glibc

/// The properties this build of librdkafka knows, as it lists them itself.
///
/// Read once from `rd_kafka_conf_properties_show`, whose table is what CONFIGURATION.md is made of:
/// `name | C/P | range | default | importance | description`.
struct PropertyCatalog: Sendable {
    struct Property: Sendable {
        var isForConsumers: Bool
        var isForProducers: Bool
        /// The values it takes, in words; empty when the library doesn't say.
        var range: String
    }

    static let shared = PropertyCatalog()

    let properties: [String: Property]

    private init() {
        var properties: [String: Property] = [:]
        for line in Self.table().split(separator: "\n") {
            guard let (name, property) = Self.parse(line) else { continue }
            properties[name] = property
        }
        self.properties = properties
    }

    /// A row of the table; nil for headings, and for what only code can set, such as callbacks.
    private static func parse(_ line: Substring) -> (String, Property)? {
        let cells = line.split(separator: "|", maxSplits: 5, omittingEmptySubsequences: false)
            .map(trimmed)
        guard cells.count == 6, !line.contains("see dedicated API") else { return nil }
        guard ["*", "C", "P"].contains(cells[1]) else { return nil }
        let property = Property(
            isForConsumers: cells[1] != "P",
            isForProducers: cells[1] != "C",
            range: cells[2]
        )
        return (cells[0], property)
    }

    private static func trimmed(_ cell: Substring) -> String {
        let start = cell.drop { $0 == " " }
        let end = start.lastIndex { $0 != " " }
        return String(end.map { start[...$0] } ?? "")
    }

    private static func table() -> String {
        var text: UnsafeMutablePointer<CChar>?
        var count = 0
        guard let stream = unsafe open_memstream(&text, &count) else { return "" }
        unsafe rd_kafka_conf_properties_show(stream)
        unsafe fclose(stream)
        defer { unsafe free(text) }
        let bytes = unsafe UnsafeRawBufferPointer(start: text, count: count)
        return unsafe String(decoding: bytes, as: UTF8.self)
    }
}
