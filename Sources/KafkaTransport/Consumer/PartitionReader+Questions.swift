internal import CRDKafka
package import OpinionWire

/// What can be asked of the brokers. Each call blocks; librdkafka 2.0.2 may block longer than the
/// time given while a leader is moving (#4460), so somebody else must watch the clock.
extension PartitionReader {
    /// The offsets of the oldest record and of the one that will be written next, of each partition.
    ///
    /// `high` is the last stable offset for a read-committed reader and the high watermark for a
    /// read-uncommitted one. Two questions, however many partitions; the time is for each of the two.
    package func watermarks(
        of places: [TopicPartition],
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [TopicPartition: (low: Int64, high: Int64)] {
        let lows = try offsets(of: places, at: RD_KAFKA_OFFSET_BEGINNING, timeoutMilliseconds)
        let highs = try offsets(of: places, at: RD_KAFKA_OFFSET_END, timeoutMilliseconds)
        return Dictionary(
            uniqueKeysWithValues: places.map { ($0, (lows[$0] ?? 0, highs[$0] ?? 0)) }
        )
    }

    /// As ``watermarks(of:timeoutMilliseconds:)``, of one partition.
    package func watermarks(
        of place: TopicPartition,
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> (low: Int64, high: Int64) {
        try watermarks(of: [place], timeoutMilliseconds: timeoutMilliseconds)[place] ?? (0, 0)
    }

    /// The ends of all these partitions, as in ``watermarks(of:timeoutMilliseconds:)``.
    package func ends(
        of shards: [TopicPartition],
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        try offsets(of: shards, at: RD_KAFKA_OFFSET_END, timeoutMilliseconds)
    }

    /// From the oldest record to the one that will be written next, of all these partitions.
    ///
    /// The time is for each of two questions.
    package func bounds(
        of shards: [TopicPartition],
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [TopicPartition: Range<Int64>] {
        let low = try offsets(of: shards, at: RD_KAFKA_OFFSET_BEGINNING, timeoutMilliseconds)
        let high = try ends(of: shards, timeoutMilliseconds: timeoutMilliseconds)
        return high.reduce(into: [:]) { bounds, end in
            let begin = low[end.key] ?? 0
            bounds[end.key] = begin..<max(begin, end.value)
        }
    }

    /// Offsets for a time, of which the smallest two stand for the beginning and the end.
    ///
    /// `rd_kafka_query_watermark_offsets` would ask the same, but it never comes back while a leader
    /// that was there is away (librdkafka 2.0.2). This one comes back in time, without an error and
    /// without an answer.
    private func offsets(
        of shards: [TopicPartition],
        at time: Int32,
        _ timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        guard !shards.isEmpty else { return [:] }
        let places = shards.map { "\($0.topic)/\($0.partition)" }.joined(separator: ", ")
        let attempted = "asking for the watermarks of \(places)"
        let list = PartitionList(shards.map { ($0, Int64(time)) })
        let code = unsafe rd_kafka_offsets_for_times(client.open, list.list, timeoutMilliseconds)
        try client.check(code, attempted)
        let offsets = try list.offsets(attempted: attempted)
        guard offsets.count == shards.count else {
            throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, attempted: attempted)
        }
        return offsets
    }

    /// The offsets the group has committed; partitions without one are missing.
    ///
    /// A read-committed reader waits for open transactions to end that hold offsets (KIP-447).
    package func committed(
        _ shards: [TopicPartition],
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        let attempted = "asking for committed offsets"
        let list = PartitionList(shards)
        let code = unsafe rd_kafka_committed(client.open, list.list, timeoutMilliseconds)
        try client.check(code, attempted)
        return try list.offsets(attempted: attempted)
    }

    /// How many partitions each topic has; topics that do not exist are missing.
    ///
    /// The time is for each topic.
    ///
    /// - Throws: ``KafkaError`` with the reaction `unauthorised`, naming the topic, if we may not
    ///   describe it.
    package func partitionCounts(
        of topics: [String],
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [String: Int] {
        var counts: [String: Int] = [:]
        for topic in topics {
            counts[topic] = try client.shape(of: topic, timeoutMilliseconds)?.partitions
        }
        return counts
    }

    /// How many partitions and copies a topic has; nil: there is no such topic.
    ///
    /// - Throws: ``KafkaError`` as ``partitionCounts(of:timeoutMilliseconds:)`` does.
    package func shape(
        of topic: String,
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> TopicShape? {
        try client.shape(of: topic, timeoutMilliseconds)
    }
}

/// How a topic is spread over the brokers.
package struct TopicShape: Hashable, Sendable {
    package let partitions: Int
    /// Copies of the partition that has the fewest, those that lag behind counted; 0: it has none that
    /// the brokers know of.
    package let replicas: Int
}

extension PartitionReader {
    /// The id of the cluster; nil: the brokers have none, or said nothing in that time.
    package func clusterID(timeoutMilliseconds: Int32) -> String? {
        guard let text = unsafe rd_kafka_clusterid(client.open, timeoutMilliseconds) else {
            return nil
        }
        defer { unsafe rd_kafka_mem_free(client.open, text) }
        return unsafe String(cString: text)
    }
}

extension Client {
    /// How a topic is spread; nil if there is no such topic.
    func shape(
        of topic: String,
        _ timeoutMilliseconds: Int32
    ) throws(KafkaError) -> TopicShape? {
        let attempted = "looking up the topic \(topic)"
        guard let handle = unsafe rd_kafka_topic_new(open, topic, nil) else {
            throw unsafe KafkaError(rd_kafka_last_error(), of: open, attempted: attempted)
        }
        defer { unsafe rd_kafka_topic_destroy(handle) }
        var metadata: UnsafePointer<rd_kafka_metadata>?
        try check(
            unsafe rd_kafka_metadata(open, 0, handle, &metadata, timeoutMilliseconds),
            attempted
        )
        defer { unsafe rd_kafka_metadata_destroy(metadata) }
        guard let metadata = unsafe metadata, unsafe metadata.pointee.topic_cnt == 1 else {
            return nil
        }
        let found = unsafe metadata.pointee.topics[0]
        return try unsafe shape(of: found, attempted)
    }

    private func shape(
        of topic: rd_kafka_metadata_topic,
        _ attempted: String
    ) throws(KafkaError) -> TopicShape? {
        switch unsafe topic.err {
        case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART, RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC: return nil
        case let code:
            try check(code, attempted)
            let count = Int(unsafe topic.partition_cnt)
            let copies = (0..<count).map { unsafe Int(topic.partitions[$0].replica_cnt) }
            return TopicShape(partitions: count, replicas: copies.min() ?? 0)
        }
    }
}
