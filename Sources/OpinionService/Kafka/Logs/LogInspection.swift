internal import KafkaTransport
package import OpinionWire

/// Looks at the records that tell whether logs are those that were read.
struct LogInspection {
    /// Sees everything, also behind an open transaction.
    let reader: WatchedReader
    /// Whether nobody wants to know any more.
    var isAbandoned: () -> Bool = { false }

    /// - Returns: A finding for each mark, in their order.
    /// - Throws: ``KafkaError`` when the brokers can't be asked.
    func run(_ marks: [LogMark]) throws(KafkaError) -> [LogFinding] {
        let ends = try reader.watermarks(
            of: marks.map(\.place),
            timeoutMilliseconds: Takeover.questionMilliseconds
        )
        var findings = marks.map { mark in
            LogFinding(
                mark,
                low: ends[mark.place]?.low ?? 0,
                high: ends[mark.place]?.high ?? 0,
                nil
            )
        }
        try look(&findings)
        return findings
    }

    private func look(_ findings: inout [LogFinding]) throws(KafkaError) {
        var open: [TopicPartition: Int] = [:]
        for (index, finding) in findings.enumerated() where finding.holdsRecord {
            open[finding.mark.place] = index
        }
        // What is read no longer is not fetched either: a reader may be kept for the next look.
        defer { try? reader.assign([]) }
        try reader.read(
            from: open.mapValues { findings[$0].begin },
            "looking at the last records that were read",
            isAbandoned: isAbandoned
        ) { record, place in
            guard let index = open[place] else { return .otherPartitions }
            return findings[index].take(record) ? .otherPartitions : .more
        }
    }
}

extension LogFinding {
    /// The offset from which on records are looked at.
    package var begin: Int64 { mark.begin(low: low) }

    /// Whether there can be a record to look at.
    package var holdsRecord: Bool {
        begin < high && (mark.fingerprint != nil || begin < mark.position)
    }

    /// Takes in the next record from ``begin`` on.
    ///
    /// - Returns: Whether no further one is needed.
    package mutating func take(_ record: Record) -> Bool {
        let next = Fingerprint(of: record)
        found = mark.chosen(found, next)
        return mark.isEnd(next)
    }
}
