internal import KafkaTransport
internal import OpinionWire

/// Reads the whole roster once, at a start.
///
/// Its tail then comes with the inputs.
struct RosterLoader {
    let site: KafkaSite
    let watch: HangWatchdog.Watch
    let partitions: Int

    /// Records handed over at a time.
    static let chunkMax = 1_000

    /// - Parameter deliver: Takes the records, the offsets up to which they were read, and whether that is all.
    /// - Throws: ``KafkaError`` when the brokers can't be asked.
    func run(_ deliver: ([Record], [Int64], Bool) -> Void) throws(KafkaError) {
        let reader = try WatchedReader(site, .readCommitted, watch)
        defer { reader.close() }
        var (next, ends) = try range(reader)
        let behind = next.indices.filter { next[$0] < ends[$0] }
        try reader.assign(behind.map { (partition($0), next[$0]) })
        var chunk: [Record] = []
        while zip(next, ends).contains(where: { $0 < $1 }) {
            switch reader.poll(timeoutMilliseconds: 1_000) {
            case .record(let record):
                next[Int(record.partition)] = record.offset + 1
                chunk.append(record)
            case .endOfPartition(let place, let offset):
                next[Int(place.partition)] = max(next[Int(place.partition)], offset)
            case .failure(let error) where error.reaction != .retry: throw error
            case .failure, .assigned, .revoked, .statistics, nil: break
            }
            if chunk.count == Self.chunkMax {
                deliver(chunk, next, false)
                chunk = []
            }
        }
        deliver(chunk, next, true)
    }

    private func partition(_ number: Int) -> TopicPartition {
        TopicPartition(site.name(Topic.specialists), Int32(number))
    }

    private func range(_ reader: WatchedReader) throws(KafkaError) -> ([Int64], [Int64]) {
        let places = (0..<partitions).map(partition)
        let marks = try reader.watermarks(
            of: places,
            timeoutMilliseconds: Takeover.questionMilliseconds
        )
        return (places.map { marks[$0]?.low ?? 0 }, places.map { marks[$0]?.high ?? 0 })
    }
}
