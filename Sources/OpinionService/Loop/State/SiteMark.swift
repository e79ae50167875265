internal import OpinionWire

/// What the meta record of each shard says of where we are.
struct SiteMark {
    var shards: Int
    var writer: String
    var cluster: String?
    /// The next offset to be read of each partition of the specialists, and the last record read.
    var roster: [Int64]
    var rosterFingerprints: [Fingerprint?]
}
