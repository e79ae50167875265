internal import KafkaTransport
internal import OpinionWire

/// A ``PartitionReader`` each of whose calls is watched: any may hang while a leader moves, or while
/// its handle is destroyed.
final class WatchedReader {
    private let reader: PartitionReader
    private let watch: Deadline.Watch

    init(
        _ site: KafkaSite,
        _ isolation: PartitionReader.Isolation,
        _ watch: Deadline.Watch
    ) throws(KafkaError) {
        self.watch = watch
        reader = try watch.call("creating a reader") { () throws(KafkaError) in
            try site.reader(isolation)
        }
    }

    deinit { close() }

    func close() { watch.call("closing a reader") { reader.close() } }

    func assign(_ positions: [(TopicPartition, Int64)]) throws(KafkaError) {
        try watch.call("assigning partitions") { () throws(KafkaError) in
            try reader.assign(positions)
        }
    }

    func poll(timeoutMilliseconds: Int32) -> Polled? {
        watch.call("reading", atMost: timeoutMilliseconds) {
            reader.poll(timeoutMilliseconds: timeoutMilliseconds)
        }
    }

    func watermarks(
        of place: TopicPartition,
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> (low: Int64, high: Int64) {
        try watch.call("asking for watermarks", atMost: 2 * timeoutMilliseconds) {
            () throws(KafkaError) in
            try reader.watermarks(of: place, timeoutMilliseconds: timeoutMilliseconds)
        }
    }

    func ends(
        of places: [TopicPartition],
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        try watch.call("asking for ends", atMost: timeoutMilliseconds) { () throws(KafkaError) in
            try reader.ends(of: places, timeoutMilliseconds: timeoutMilliseconds)
        }
    }

    func committed(
        _ places: [TopicPartition],
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [TopicPartition: Int64] {
        try watch.call("asking for committed offsets", atMost: timeoutMilliseconds) {
            () throws(KafkaError) in
            try reader.committed(places, timeoutMilliseconds: timeoutMilliseconds)
        }
    }

    /// The time is for each topic.
    func partitionCounts(
        of topics: [String],
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [String: Int] {
        var counts: [String: Int] = [:]
        for topic in topics {
            counts.merge(
                try watch.call("looking up a topic", atMost: timeoutMilliseconds) {
                    () throws(KafkaError) in
                    try reader.partitionCounts(
                        of: [topic],
                        timeoutMilliseconds: timeoutMilliseconds
                    )
                }
            ) { $1 }
        }
        return counts
    }
}
