package import OpinionWire

/// How far a partition was read, and what its log looked like there.
package struct LogMark: Hashable, Sendable {
    package var place: TopicPartition
    /// The next offset to be read.
    package var position: Int64
    /// Of the last record that was taken in; nil: none was, or nobody noted it.
    package var fingerprint: Fingerprint?
    /// Whether compaction may remove a record amid the log.
    package var isCompacted: Bool

    package init(
        _ place: TopicPartition,
        position: Int64,
        _ fingerprint: Fingerprint?,
        isCompacted: Bool
    ) {
        self.place = place
        self.position = position
        self.fingerprint = fingerprint
        self.isCompacted = isCompacted
    }

    /// How many offsets before the position are looked at where no fingerprint was noted.
    static let lookBack: Int64 = 8

    /// The offset from which on the log has to be looked at.
    ///
    /// - Parameter low: Where the log begins.
    /// - Returns: An offset that is not before it.
    package func begin(low: Int64) -> Int64 {
        max(low, fingerprint?.offset ?? position - Self.lookBack)
    }

    /// Which of the records from ``begin(low:)`` on tells what the log is: the first; where no fingerprint
    /// was noted, the last one before the position.
    package func chosen(_ found: Fingerprint?, _ next: Fingerprint) -> Fingerprint? {
        if fingerprint != nil { return found ?? next }
        return next.offset < position ? next : found
    }

    /// Whether nothing behind that record can be chosen any more.
    package func isEnd(_ next: Fingerprint) -> Bool {
        fingerprint != nil || position <= next.offset + 1
    }
}

extension Meta {
    /// Everything that this shard has read, but for its state.
    package func marks(_ site: KafkaSite) -> [LogMark] {
        let inputs = zip(
            site.inputs,
            [(requests, fingerprints?.requests), (responses, fingerprints?.responses)]
        )
        .map { input, mark in
            LogMark(
                TopicPartition(input, Int32(shard)),
                position: mark.0,
                mark.1,
                isCompacted: false
            )
        }
        return inputs
            + roster.enumerated().map { number, next in
                let known = fingerprints?.roster ?? []
                return LogMark(
                    TopicPartition(site.name(Topic.specialists), Int32(number)),
                    position: next,
                    known.indices.contains(number) ? known[number] : nil,
                    isCompacted: true
                )
            }
    }
}
