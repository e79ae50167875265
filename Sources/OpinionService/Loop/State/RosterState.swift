internal import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

/// Everybody there is, and how far the topic that says so has been read.
struct RosterState {
    /// Bytes of unreadable profiles that are kept for shards still to come.
    static let unreadableBytesMax = 64 << 20

    var directory = Directory()
    /// The next offset to be read, a partition each.
    private(set) var next: [Int64] = []
    /// Of the last record read, a partition each.
    private var newest: [Fingerprint?] = []
    private var anchors: [Anchor] = []
    var isWhole = false
    /// Profiles that could not be read: whoever owns the shard of their partition dead-letters them.
    private(set) var unreadable: [(record: Record, refusal: Refusal)] = []
    private var unreadableBytes = 0
    /// Where the latest record of each specialist lies, tombstones included.
    private var latest: [Specialist.ID: (partition: Int32, timestamp: Int64)] = [:]

    /// Notes a record of a specialist.
    ///
    /// Publishers with different partitioners put versions of one profile into different partitions, which
    /// are read in any order: there the later timestamp counts, at a start and afterwards, and of equal ones
    /// that of the higher partition.
    ///
    /// - Returns: Whether it is the latest so far.
    mutating func noteVersion(_ record: Record, of id: Specialist.ID) -> Bool {
        if let known = latest[id], known.partition != record.partition,
            (record.timestamp, record.partition) < (known.timestamp, known.partition)
        {
            return false
        }
        latest[id] = (record.partition, record.timestamp)
        return true
    }

    mutating func keep(_ record: Record, _ refusal: Refusal) {
        unreadable.append((record, refusal))
        unreadableBytes += record.byteCount
        while unreadableBytes > Self.unreadableBytesMax, !unreadable.isEmpty {
            unreadableBytes -= unreadable.removeFirst().record.byteCount
        }
    }

    /// Notes how far the start's reading has come, with the records that it brought.
    mutating func move(to next: [Int64], _ records: [Record]) {
        self.next = next
        newest += repeatElement(nil, count: max(0, next.count - newest.count))
        anchors += repeatElement(Anchor(), count: max(0, next.count - anchors.count))
        for record in records { newest[Int(record.partition)] = Fingerprint(of: record) }
    }

    /// By which records the partitions are known again.
    mutating func fingerprints() -> [Fingerprint?] {
        anchors.indices.map { anchors[$0].known(newest: newest[$0]) }
    }

    /// What is to be looked for, to see that the topic is still the same.
    mutating func seek(_ topic: String) -> [LogMark] {
        anchors.indices.map { index in
            LogMark(
                TopicPartition(topic, Int32(index)),
                position: next[index],
                anchors[index].seek(newest: newest[index]),
                isCompacted: true
            )
        }
    }

    /// A partition is still the log that was read.
    mutating func confirm(_ partition: Int32) {
        if anchors.indices.contains(Int(partition)) { anchors[Int(partition)].confirm() }
    }

    /// Notes a record of the tail.
    ///
    /// - Returns: Whether it is one that has not been read before.
    mutating func move(past record: Record) -> Bool {
        let partition = Int(record.partition)
        guard partition < next.count, next[partition] <= record.offset else { return false }
        next[partition] = record.offset + 1
        newest[partition] = Fingerprint(of: record)
        return true
    }

    /// Notes that a partition has been read to an offset, the markers of transactions counted.
    mutating func move(_ partition: Int32, _ offset: Int64) {
        guard next.indices.contains(Int(partition)) else { return }
        next[Int(partition)] = max(next[Int(partition)], offset)
    }
}
