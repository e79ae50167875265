package import OpinionFlow

/// Reads the records of `opiniond.state`.
package final class StateReader {
    package enum Entry {
        case request(Request)
        case erased(RequestKey)
        case meta(Meta)
    }

    private let json = JSONReader(limits: JSONLimits(bytes: 16_777_216, members: 1_000_000))

    package init() {}

    /// - Complexity: O(bytes), a few microseconds a request.
    /// - Throws: ``StateError`` when the record isn't one that we or an older program wrote.
    package func read(_ record: Record) throws(StateError) -> Entry {
        guard let key = record.key else { throw .unreadable("a record without key") }
        if key.elementsEqual("meta".utf8) { return .meta(try Meta(try parse(record.value))) }
        guard let name = Self.name(key) else { throw .unreadable("a key of no kind we know") }
        guard let value = record.value else { return .erased(name) }
        guard var request = Request(name, try parse(value)) else {
            throw .unreadable("a request's record")
        }
        request.recordHash = StateHash.of((key + value)[...])
        return .request(request)
    }

    private func parse(_ value: [UInt8]?) throws(StateError) -> JSONValue {
        guard let value, let root = try? json.parse(value).root else {
            throw .unreadable("a value that is no JSON")
        }
        return root
    }

    private static func name(_ key: [UInt8]) -> RequestKey? {
        let parts = key.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].elementsEqual("request".utf8) else { return nil }
        return RequestKey(
            network: String(decoding: parts[1], as: UTF8.self),
            request: String(decoding: parts[2], as: UTF8.self)
        )
    }
}
