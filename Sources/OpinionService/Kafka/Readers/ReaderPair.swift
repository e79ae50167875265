internal import KafkaTransport
internal import OpinionWire

/// The readers of one take-over or of one check, one for each isolation, made when they are needed.
///
/// A new one has to connect and to learn who leads a partition; asked for a logical offset such as the
/// beginning before it knows, librdkafka looks again half a second later only. So they are asked by numbers, and
/// used for all that is to be known.
final class ReaderPair {
    private let site: KafkaSite
    private let watch: HangWatchdog.Watch
    private var open: [PartitionReader.Isolation: WatchedReader] = [:]

    private let use: KafkaSettings.ReaderUse

    init(
        _ site: KafkaSite,
        _ watch: HangWatchdog.Watch,
        _ use: KafkaSettings.ReaderUse = .fetchingOnce
    ) {
        self.site = site
        self.watch = watch
        self.use = use
    }

    func reader(_ isolation: PartitionReader.Isolation) throws(KafkaError) -> WatchedReader {
        if let reader = open[isolation] { return reader }
        let reader = try WatchedReader(site, isolation, watch, use)
        open[isolation] = reader
        return reader
    }

    /// Whether a partition ends at an offset, but for the end of the transaction that wrote the record before.
    func isEnd(_ position: Int64, of place: TopicPartition) throws(KafkaError) -> Bool {
        let limit = Takeover.questionMilliseconds
        let (_, high) = try reader(.readUncommitted)
            .watermarks(of: place, timeoutMilliseconds: limit)
        return high <= position + 1
    }

    func close() {
        for reader in open.values { reader.close() }
        open = [:]
    }
}
