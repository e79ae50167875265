package import OpinionWire

/// What a poll of a consumer brought.
package enum Polled: Hashable, Sendable {
    case record(Record)
    /// Everything up to this offset has been read; a read-committed consumer counts up to the last
    /// stable offset. Sent once for each end offset reached.
    case endOfPartition(TopicPartition, offset: Int64)
    /// The group gave this member these shards. Nothing is fetched until the owner says so.
    case assigned([TopicPartition])
    /// The group takes the shards back. When lost, others may own them already: commit nothing.
    case revoked([TopicPartition], isLost: Bool)
    /// librdkafka's statistics, JSON.
    case statistics([UInt8])
    case failure(KafkaError)
}
