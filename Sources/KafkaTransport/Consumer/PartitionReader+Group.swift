internal import CRDKafka

/// A member of a consumer group, as its coordinator describes it.
package struct GroupMember: Hashable, Sendable {
    /// The name that its client gives itself (`client.id`).
    package var client: String
    package var host: String
    /// What it has subscribed to; empty where it isn't known, as amid a rebalance.
    package var topics: Set<String>

    package init(client: String, host: String, topics: Set<String>) {
        self.client = client
        self.host = host
        self.topics = topics
    }
}

extension PartitionReader {
    /// Who is in a group now; nobody where there is no such group.
    ///
    /// By the older of librdkafka's two ways to ask: after the newer one (`DescribeConsumerGroups`) has had no answer,
    /// its client can't be destroyed any more (2.0.2).
    ///
    /// - Throws: ``KafkaError`` when no broker answers in time.
    package func members(
        of group: String,
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [GroupMember] {
        var found: UnsafePointer<rd_kafka_group_list>?
        let code = unsafe rd_kafka_list_groups(client.open, group, &found, timeoutMilliseconds)
        defer { if let found = unsafe found { unsafe rd_kafka_group_list_destroy(found) } }
        guard let list = unsafe found else {
            try client.check(code, "asking who is in the group \(group)")
            return []
        }
        return (0..<Int(unsafe list.pointee.group_cnt)).flatMap { index in
            let info = unsafe list.pointee.groups[index]
            return (0..<Int(unsafe info.member_cnt)).map {
                unsafe GroupMember(info.members[$0])
            }
        }
    }

    /// How many partitions every topic of the cluster has that we may see.
    ///
    /// - Throws: ``KafkaError`` when no broker answers in time.
    package func allTopics(timeoutMilliseconds: Int32) throws(KafkaError) -> [String: Int] {
        var metadata: UnsafePointer<rd_kafka_metadata>?
        try client.check(
            unsafe rd_kafka_metadata(client.open, 1, nil, &metadata, timeoutMilliseconds),
            "looking up all topics"
        )
        defer { unsafe rd_kafka_metadata_destroy(metadata) }
        guard let metadata = unsafe metadata else { return [:] }
        var counts: [String: Int] = [:]
        for index in 0..<Int(unsafe metadata.pointee.topic_cnt) {
            let topic = unsafe metadata.pointee.topics[index]
            counts[unsafe String(cString: topic.topic)] = Int(unsafe topic.partition_cnt)
        }
        return counts
    }
}

extension GroupMember {
    fileprivate init(_ info: rd_kafka_group_member_info) {
        let bytes = unsafe UnsafeRawBufferPointer(
            start: info.member_metadata,
            count: max(0, Int(info.member_metadata_size))
        )
        unsafe self.init(
            client: Self.text(info.client_id),
            host: Self.text(info.client_host),
            topics: Self.topics(inSubscription: [UInt8](bytes))
        )
    }

    private static func text(_ text: UnsafeMutablePointer<CChar>?) -> String {
        guard let text = unsafe text else { return "" }
        return unsafe String(cString: text)
    }

    /// The topics in a member's metadata; none where it can't be read.
    ///
    /// Kafka protocol, ConsumerProtocolSubscription: a version, then an array of strings, lengths first, all in
    /// big-endian order.
    package static func topics(inSubscription bytes: [UInt8]) -> Set<String> {
        var rest = bytes.dropFirst(2)
        func number(_ size: Int) -> Int? {
            guard rest.count >= size else { return nil }
            defer { rest = rest.dropFirst(size) }
            return rest.prefix(size).reduce(0) { $0 << 8 | Int($1) }
        }
        guard let count = number(4), count <= 10_000 else { return [] }
        var topics: Set<String> = []
        for _ in 0..<count {
            guard let length = number(2), length <= rest.count else { return [] }
            topics.insert(String(decoding: rest.prefix(length), as: UTF8.self))
            rest = rest.dropFirst(length)
        }
        return topics
    }
}
