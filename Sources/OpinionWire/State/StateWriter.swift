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
        let key = batch.append(Self.key(request.key))
        let begin = batch.bytes.count
        JSONWriter.append(to: &batch.bytes) { request.write(&$0) }
        append(key, begin..<batch.bytes.count, to: &batch)
        return StateHash.of(batch.bytes[key.lowerBound...])
    }

    /// Writes a tombstone.
    package func erase(_ key: RequestKey, into batch: inout RecordBatch) {
        append(batch.append(Self.key(key)), nil, to: &batch)
    }

    package func write(_ meta: Meta, into batch: inout RecordBatch) {
        let key = batch.append("meta")
        let begin = batch.bytes.count
        JSONWriter.append(to: &batch.bytes) { meta.write(&$0) }
        append(key, begin..<batch.bytes.count, to: &batch)
    }

    static func key(_ key: RequestKey) -> String { "request \(key.network) \(key.request)" }

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

/// A hash of a state record's bytes, key and value; never 0.
enum StateHash {
    /// - Complexity: O(bytes), 8 at a time; about 0.1 µs for 500 bytes.
    static func of(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        var hash: UInt64 = 0x9e37_79b9_7f4a_7c15
        var index = bytes.startIndex
        while index < bytes.endIndex {
            var word: UInt64 = 0
            let end = Swift.min(index + 8, bytes.endIndex)
            for position in index..<end { word = word << 8 | UInt64(bytes[position]) }
            hash = (hash ^ word) &* 0xff51_afd7_ed55_8ccd
            hash ^= hash >> 32
            index = end
        }
        return max(1, StableHash.mix(hash ^ UInt64(bytes.count)))
    }
}
