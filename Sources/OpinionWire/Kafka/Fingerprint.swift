/// What tells whether a partition still holds the log that was read: its record at one offset.
///
/// An offset alone says nothing about that: a topic that was deleted and made again, a mirror and a restored
/// backup have other records at the same offsets.
package struct Fingerprint: Hashable, Sendable {
    package var offset: Int64
    /// The record's, in milliseconds since 1970; −1: it has none.
    package var timestamp: Int64
    /// Of key and value; a missing one differs from an empty one.
    package var hash: UInt64

    package init(offset: Int64, timestamp: Int64, hash: UInt64) {
        self.offset = offset
        self.timestamp = timestamp
        self.hash = hash
    }

    /// - Complexity: O(bytes of key and value), some 100 ns for an event.
    package init(of record: Record) {
        let seed = Self.seed(record.key, 1)
        self.init(
            offset: record.offset,
            timestamp: record.timestamp,
            hash: Self.hash(record.value, seed: Self.hash(record.key, seed: seed))
        )
    }

    private static func hash(_ bytes: [UInt8]?, seed: UInt64) -> UInt64 {
        BytesHash.of((bytes ?? [])[...], seed: Self.seed(bytes, seed))
    }

    private static func seed(_ bytes: [UInt8]?, _ seed: UInt64) -> UInt64 {
        bytes == nil ? ~seed : seed
    }
}

extension Fingerprint: CustomStringConvertible {
    /// `offset 41, 2026-11-22T10:00:00.000Z, hash 1f3c…`: nothing of the record itself.
    package var description: String {
        let isTime = (0...Timestamp.latest).contains(timestamp)
        let time = isTime ? Timestamp.string(timestamp) : "timestamp \(timestamp)"
        return "offset \(offset), \(time), hash \(hashText)"
    }

    /// The hash as it is printed and as settings name it.
    package var hashText: String { String(hash, radix: 16) }
}

extension Fingerprint {
    /// Reads `[offset, timestamp, "hash"]`; nil for anything else.
    fileprivate init?(_ json: JSONValue?) {
        guard var parts = json?.elements, json?.count == 3,
            let offset = parts.next()?.integer, let timestamp = parts.next()?.integer,
            let hash = parts.next()?.string.flatMap({ UInt64($0, radix: 16) })
        else { return nil }
        self.init(offset: offset, timestamp: timestamp, hash: hash)
    }
}

/// The fingerprints of the last records that a shard has taken in; nil: none yet, or not known.
package struct Fingerprints: Hashable, Sendable {
    package var requests: Fingerprint?
    package var responses: Fingerprint?
    /// One for each partition of the specialists; fewer where the rest is not known.
    package var roster: [Fingerprint?]

    package init(
        requests: Fingerprint? = nil,
        responses: Fingerprint? = nil,
        roster: [Fingerprint?] = []
    ) {
        self.requests = requests
        self.responses = responses
        self.roster = roster
    }

    /// Writes `[requests, responses, roster/0, …]`, each `[offset, timestamp, "hash"]` or `[]`.
    func write(_ json: inout JSONWriter) {
        json.beginArray("fingerprint")
        for mark in [requests, responses] + roster {
            json.beginArray()
            if let mark {
                json.element(mark.offset)
                json.element(mark.timestamp)
                json.element(mark.hashText)
            }
            json.endArray()
        }
        json.endArray()
    }

    init(_ json: JSONValue?) {
        let all = json?.elements.map { $0.map { Fingerprint($0) } } ?? []
        self.init(
            requests: all.first ?? nil,
            responses: all.dropFirst().first ?? nil,
            roster: Array(all.dropFirst(2))
        )
    }
}
