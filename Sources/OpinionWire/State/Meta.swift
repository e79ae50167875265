package import OpinionMatching

/// The record that ends each transaction of a shard: how far its inputs are applied.
///
/// Meta is authoritative: a shard that is taken over goes on where its meta says.
package struct Meta: Hashable, Sendable {
    /// What this program writes.
    ///
    /// An older one is read; a newer one is refused. 2: panels, offers, escalations, and since when somebody
    /// is gone. 3: wishes, records, clocks. 4: pauses, seats offered to several. A program that doesn't know these must not take such a
    /// shard over.
    package static let format = 4

    package var format = Meta.format
    package var shard: Int
    /// How many shards there were when the state was first written.
    package var shards: Int
    package var decidedAt: Moment
    /// The instance that wrote it.
    package var writer: String
    /// Counts the transactions of the shard; one that is sent again keeps its number.
    package var sequence: Int64
    package var digest: UInt64
    /// The next offsets to be read.
    package var requests: Int64
    package var responses: Int64
    /// The next offset to be read of each partition of the specialists.
    package var roster: [Int64]
    /// The id of the Kafka cluster that the topics were in; nil: not known.
    package var cluster: String?
    /// What the logs looked like that these offsets are of; nil: written before there were any.
    package var fingerprints: Fingerprints?

    package init(
        shard: Int,
        shards: Int,
        decidedAt: Moment,
        writer: String,
        sequence: Int64,
        digest: UInt64,
        requests: Int64,
        responses: Int64,
        roster: [Int64],
        cluster: String? = nil,
        fingerprints: Fingerprints? = nil
    ) {
        self.shard = shard
        self.shards = shards
        self.decidedAt = decidedAt
        self.writer = writer
        self.sequence = sequence
        self.digest = digest
        self.requests = requests
        self.responses = responses
        self.roster = roster
        self.cluster = cluster
        self.fingerprints = fingerprints
    }

    func write(_ json: inout JSONWriter) {
        json.beginObject()
        json.member("format", format)
        json.member("shard", shard)
        json.member("shards", shards)
        json.member("decidedAt", decidedAt.milliseconds)
        json.member("writer", writer)
        json.member("sequence", sequence)
        json.member("digest", String(digest, radix: 16))
        json.member("requests", requests)
        json.member("responses", responses)
        json.beginArray("roster")
        for offset in roster { json.element(offset) }
        json.endArray()
        if let cluster { json.member("cluster", cluster) }
        fingerprints?.write(&json)
        json.endObject()
    }

    /// - Throws: ``StateError`` when a member is missing or the format is newer than ours.
    init(_ json: JSONValue) throws(StateError) {
        func number(_ name: StaticString) throws(StateError) -> Int64 {
            guard let number = json[name]?.integer else { throw .unreadable("meta: \(name)") }
            return number
        }
        let format = try number("format")
        guard format <= Meta.format else { throw .newerFormat(Int(format)) }
        guard let digest = json["digest"]?.string.flatMap({ UInt64($0, radix: 16) }),
            let roster = json["roster"]?.elements.map({ $0.map { $0.integer ?? 0 } })
        else { throw .unreadable("meta: digest, roster") }
        self.init(
            shard: Int(try number("shard")),
            shards: Int(try number("shards")),
            decidedAt: Moment(milliseconds: try number("decidedAt")),
            writer: json["writer"]?.string ?? "",
            sequence: json["sequence"]?.integer ?? 0,
            digest: digest,
            requests: try number("requests"),
            responses: try number("responses"),
            roster: roster,
            cluster: json["cluster"]?.string,
            fingerprints: json["fingerprint"].map { Fingerprints($0) }
        )
        self.format = Int(format)
    }
}

/// Why a state can't be taken over.
package enum StateError: Error, Hashable, Sendable {
    /// A record isn't what we write; says which part, never its content.
    case unreadable(String)
    /// A newer program wrote it.
    case newerFormat(Int)
}
