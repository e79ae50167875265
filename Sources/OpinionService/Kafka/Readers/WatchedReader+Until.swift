internal import KafkaTransport
internal import OpinionWire

extension WatchedReader {
    /// Polls of a second that may bring nothing.
    private static let silenceMax = 20

    /// What a record says about how much more there is to read.
    enum Next {
        case more
        /// Nothing more of this record's partition.
        case otherPartitions
        /// Nothing more at all.
        case nothing
    }

    /// Reads some partitions from their offsets on, each until it has been read far enough or ends.
    ///
    /// - Parameters:
    ///   - begins: Where to begin.
    ///   - purpose: What for, as an error tells it.
    ///   - isAbandoned: Whether nobody wants to know any more.
    ///   - receive: Takes a record of a partition that has not been read far enough.
    /// - Throws: ``KafkaError``, also when nothing has come for a while.
    func read(
        from begins: [TopicPartition: Int64],
        _ purpose: String,
        isAbandoned: () -> Bool = { false },
        _ receive: (Record, TopicPartition) -> Next
    ) throws(KafkaError) {
        try assign(
            begins.map { ($0.key, $0.value) }
                .sorted { ($0.0.topic, $0.0.partition) < ($1.0.topic, $1.0.partition) }
        )
        var open = Set(begins.keys)
        var pollsLeft = Self.silenceMax
        while !open.isEmpty, !isAbandoned() {
            guard 0 < pollsLeft else { throw Self.unanswered(purpose) }
            switch poll(timeoutMilliseconds: 1_000) {
            case .record(let record):
                let place = TopicPartition(record.topic, record.partition)
                guard open.contains(place) else { continue }
                switch receive(record, place) {
                case .more: break
                case .otherPartitions: open.remove(place)
                case .nothing: return
                }
            case .endOfPartition(let place, _): open.remove(place)
            case .failure(let error) where error.reaction != .retry: throw error
            case .failure, .assigned, .revoked, .statistics, nil: pollsLeft -= 1
            }
        }
    }

    private static func unanswered(_ purpose: String) -> KafkaError {
        KafkaError(
            code: -185,  // _TIMED_OUT
            message: "no answer",
            reaction: .retry,
            attempted: purpose
        )
    }
}
