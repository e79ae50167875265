internal import CRDKafka
internal import OpinionWire

/// librdkafka's list of partitions with offsets, for the length of one call.
@safe struct PartitionList: ~Copyable {
    let list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    init(_ partitions: [TopicPartition]) {
        self.init(partitions.map { ($0, Int64(RD_KAFKA_OFFSET_INVALID)) })
    }

    init(_ positions: [(TopicPartition, Int64)]) {
        unsafe list = rd_kafka_topic_partition_list_new(Int32(positions.count))
        for (shard, offset) in positions {
            let entry = unsafe rd_kafka_topic_partition_list_add(list, shard.topic, shard.partition)
            unsafe entry?.pointee.offset = offset
        }
    }

    deinit { unsafe rd_kafka_topic_partition_list_destroy(list) }

    /// Copies a list out.
    static func partitions(
        of list: UnsafeMutablePointer<rd_kafka_topic_partition_list_t>?
    ) -> [TopicPartition] {
        guard let list = unsafe list else { return [] }
        return (0..<Int(unsafe list.pointee.cnt)).map { index in
            let entry = unsafe list.pointee.elems[index]
            return unsafe TopicPartition(String(cString: entry.topic), entry.partition)
        }
    }

    /// The entries with a real offset; the first error found among them is thrown.
    func offsets(attempted: String) throws(KafkaError) -> [TopicPartition: Int64] {
        var offsets: [TopicPartition: Int64] = [:]
        for index in 0..<Int(unsafe list.pointee.cnt) {
            let entry = unsafe list.pointee.elems[index]
            guard unsafe entry.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw unsafe KafkaError(entry.err, attempted: attempted)
            }
            guard 0 <= (unsafe entry.offset) else { continue }
            let shard = unsafe TopicPartition(String(cString: entry.topic), entry.partition)
            offsets[shard] = unsafe entry.offset
        }
        return offsets
    }
}
