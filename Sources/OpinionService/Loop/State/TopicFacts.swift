internal import OpinionFlow
internal import OpinionWire

/// What is known of the topics since the start looked at them.
struct TopicFacts {
    /// How many shards there are; 0: not known yet.
    private(set) var shards = 0
    /// The id of the Kafka cluster; nil: it has none, or isn't known yet.
    private(set) var cluster: String?
    /// Bytes that a record may have in each topic, where that is known.
    private(set) var bytesMax: [OutTopic: Int] = [:]
    /// Bytes that a dead letter may have; a larger record goes without its value.
    var deadLetterBytesMax = EventWriter.deadLetterBytesMax
    private var homes: [String: Int] = [:]

    /// Networks whose shard is remembered at most.
    private static let homesMax = 10_000
    /// Bytes of the headers that a dead letter gets, and that a record takes beside its own.
    private static let deadLetterOverhead = 2_048
    /// Bytes that forwarding adds at most, and that a record takes beside its own.
    private static let forwardingBytesMax = 512

    init() {}

    init(_ facts: StartFacts) {
        shards = facts.shards
        cluster = facts.cluster
        bytesMax = facts.bytesMax
        deadLetterBytesMax = min(
            EventWriter.deadLetterBytesMax,
            facts.bytesMax[.deadLetters].map { $0 - Self.deadLetterOverhead } ?? .max
        )
    }

    /// The shard of a network; remembered, since there are few networks and many records.
    mutating func home(of network: String) -> Int {
        if let home = homes[network] { return home }
        if homes.count >= Self.homesMax { homes.removeAll() }
        let home = OpinionFlow.shard(of: network, among: shards)
        homes[network] = home
        return home
    }

    /// Whether a record still fits into a topic with the header that forwarding adds.
    func fits(_ record: Record, into topic: OutTopic) -> Bool {
        guard let most = bytesMax[topic] else { return true }
        return record.byteCount + Self.forwardingBytesMax <= most
    }
}
