package import OpinionWire

/// A record to be sent.
package struct Outgoing: Sendable {
    package var topic: String
    package var key: String?
    package var value: [UInt8]?
    package var headers: [Header] = []
    /// nil: the key chooses, as Java's clients do.
    package var partition: Int32?

    package init(
        topic: String,
        key: String?,
        value: [UInt8]?,
        headers: [Header] = [],
        partition: Int32? = nil
    ) {
        self.topic = topic
        self.key = key
        self.value = value
        self.headers = headers
        self.partition = partition
    }
}
/// Topics whose committed records can be read as a whole.
package protocol Topics {
    var shards: Int { get }
    /// What stands before the names of topics.
    var prefix: String { get }
    /// All that is committed in a topic now, its partitions in their order.
    func all(_ topic: String) throws -> [Record]
}
