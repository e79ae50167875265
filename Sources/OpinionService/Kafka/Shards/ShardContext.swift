/// A shard and where it is.
struct ShardContext: Sendable {
    let shard: Int
    let shards: Int
    let site: KafkaSite
    /// Bytes that all topics take in one batch; nil: not known.
    let batchBytesMax: Int?
    /// Whether this process has had it before.
    let isProven: Bool
}
