package import OpinionFlow
internal import OpinionMatching

/// Writes the records of `opiniond.state`.
///
/// The key of a request is `request <networkId> <requestId>` (ids hold no space), of the meta record
/// `meta`. Values are JSON, so that an operator can read them with any tool.
package struct StateWriter: Sendable {
    private let partition: Int32

    package init(shard: Int) {
        partition = Int32(shard)
    }

    /// Writes a request and returns the hash of its record.
    ///
    /// - Complexity: about a microsecond for an open request of 500 bytes.
    package func write(_ request: Request, into batch: inout RecordBatch) -> UInt64 {
        let key = batch.append(request.key)
        let begin = batch.bytes.count
        JSONWriter.append(to: &batch.bytes) { request.write(&$0) }
        append(key, begin..<batch.bytes.count, to: &batch)
        return StateHash.of(batch.bytes[key.lowerBound...])
    }

    /// Writes a tombstone.
    package func erase(_ key: RequestKey, into batch: inout RecordBatch) {
        append(batch.append(key), nil, to: &batch)
    }

    package func write(_ meta: Meta, into batch: inout RecordBatch) {
        let key = batch.append("meta")
        let begin = batch.bytes.count
        JSONWriter.append(to: &batch.bytes) { meta.write(&$0) }
        append(key, begin..<batch.bytes.count, to: &batch)
    }

    private func append(_ key: Range<Int>, _ value: Range<Int>?, to batch: inout RecordBatch) {
        batch.entries.append(
            RecordBatch.Entry(
                topic: OutTopic.state.rawValue,
                partition: partition,
                key: key,
                value: value,
                headers: []
            )
        )
    }
}

extension RecordBatch {
    /// Appends the key of a request's record.
    fileprivate mutating func append(_ key: RequestKey) -> Range<Int> {
        let begin = bytes.count
        bytes.append(contentsOf: "request ".utf8)
        bytes.append(contentsOf: key.network.utf8)
        bytes.append(UInt8(ascii: " "))
        bytes.append(contentsOf: key.request.utf8)
        return begin..<bytes.count
    }
}

/// A hash of a state record's bytes, key and value; never 0.
enum StateHash {
    static func of(_ bytes: ArraySlice<UInt8>) -> UInt64 { max(1, BytesHash.of(bytes)) }
}
