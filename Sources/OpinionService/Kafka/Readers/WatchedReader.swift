internal import KafkaTransport
internal import OpinionWire

/// A ``PartitionReader`` each of whose calls is watched: any may hang while a leader moves, or while
/// its handle is destroyed.
final class WatchedReader {
    private let reader: PartitionReader
    private let watch: HangWatchdog.Watch

    init(
        _ site: KafkaSite,
        _ isolation: PartitionReader.Isolation,
        _ watch: HangWatchdog.Watch,
        _ use: KafkaSettings.ReaderUse = .tailing
    ) throws(KafkaError) {
        self.watch = watch
        reader = try watch.call("creating a reader") { () throws(KafkaError) in
            try site.reader(isolation, use)
        }
    }

    deinit { close() }

    func close() { watch.call("closing a reader") { reader.close() } }

    func assign(_ positions: [(TopicPartition, Int64)]) throws(KafkaError) {
        try watch.call("assigning partitions", atMost: 10_000) { () throws(KafkaError) in
            try reader.assign(positions)
        }
    }

    func poll(timeoutMilliseconds: Int32) -> Polled? {
        watch.call("reading", atMost: timeoutMilliseconds) {
            reader.poll(timeoutMilliseconds: timeoutMilliseconds)
        }
    }

    func watermarks(
        of places: [TopicPartition],
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [TopicPartition: (low: Int64, high: Int64)] {
        try watch.call("asking for watermarks", atMost: 2 * timeoutMilliseconds) {
            () throws(KafkaError) in
            try reader.watermarks(of: places, timeoutMilliseconds: timeoutMilliseconds)
        }
    }

    func watermarks(
        of place: TopicPartition,
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> (low: Int64, high: Int64) {
        try watermarks(of: [place], timeoutMilliseconds: timeoutMilliseconds)[place] ?? (0, 0)
    }

    /// The id of the cluster; nil: the brokers have none, or didn't say in time.
    func clusterID(timeoutMilliseconds: Int32) -> String? {
        watch.call("asking for the cluster", atMost: timeoutMilliseconds) {
            reader.clusterID(timeoutMilliseconds: timeoutMilliseconds)
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

    /// Who is in a group.
    func members(
        of group: String,
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [GroupMember] {
        try watch.call("looking at the group", atMost: timeoutMilliseconds) {
            () throws(KafkaError) in
            try reader.members(of: group, timeoutMilliseconds: timeoutMilliseconds)
        }
    }

    func allTopics(timeoutMilliseconds: Int32) throws(KafkaError) -> [String: Int] {
        try watch.call("looking up all topics", atMost: timeoutMilliseconds) {
            () throws(KafkaError) in
            try reader.allTopics(timeoutMilliseconds: timeoutMilliseconds)
        }
    }

    /// How topics are spread; those that aren't there are missing.
    ///
    /// The time is for each topic.
    func shapes(
        of topics: [String],
        timeoutMilliseconds: Int32
    ) throws(KafkaError) -> [String: TopicShape] {
        var shapes: [String: TopicShape] = [:]
        for topic in topics {
            shapes[topic] = try watch.call("looking up a topic", atMost: timeoutMilliseconds) {
                () throws(KafkaError) in
                try reader.shape(of: topic, timeoutMilliseconds: timeoutMilliseconds)
            }
        }
        return shapes
    }
}
