package import OpinionWire

/// What lies now where a ``LogMark`` points to.
package struct LogFinding: Hashable, Sendable {
    package var mark: LogMark
    /// Where the log begins, and the offset behind its last entry, whatever became of that.
    package var low: Int64
    package var high: Int64
    /// The record that tells what the log is (see ``LogMark/chosen(_:_:)``); nil: there is none.
    package var found: Fingerprint?

    package init(_ mark: LogMark, low: Int64, high: Int64, _ found: Fingerprint?) {
        self.mark = mark
        self.low = low
        self.high = high
        self.found = found
    }

    package enum Verdict: Hashable, Sendable {
        case same
        /// Nothing was noted that could be compared.
        case unknown
        /// Just that record is gone, as retention and compaction do: nothing speaks against the log.
        case removed
        /// Another log, which only has the name.
        case other
    }

    /// Whether this is the log that was read.
    ///
    /// Retention removes whole segments from the beginning, so a log that begins behind the record has lost it
    /// that way; a topic that was made anew begins at 0. Compaction takes single records, from the roster's
    /// topic only. Where the log holds the offset and neither can be the reason, it is another log.
    package var verdict: Verdict {
        if high < mark.position { return .other }
        guard let expected = mark.fingerprint else { return .unknown }
        if expected.offset < low { return .removed }
        guard let found else { return mark.isCompacted ? .removed : .other }
        if found.offset == expected.offset { return found == expected ? .same : .other }
        return mark.isCompacted ? .removed : .other
    }

    /// How `kafka.acceptedLogs` names the log that was found.
    ///
    /// By the record there; where there is none, by the one that is missing: so it never holds for another loss.
    package var name: String {
        let lost = mark.fingerprint?.hashText ?? "offset-\(mark.position)"
        return
            "\(mark.place.topic)/\(mark.place.partition)@\(found?.hashText ?? "none-after-\(lost)")"
    }

    /// What is wrong, for a person.
    var explanation: String {
        let was =
            mark.fingerprint.map { "the last record taken in was \($0)" }
            ?? "\(mark.position) offsets were read"
        let isThere = found.map { "now there is \($0)" } ?? "no record is there now"
        return
            "\(mark.place.topic)/\(mark.place.partition) is not the log that was read: "
            + "\(was); \(isThere); it reaches from \(low) to \(high)"
    }
}

/// What was found of all the logs that a shard has read.
package struct LogVerdicts: Sendable {
    package let findings: [LogFinding]
    /// The cluster that wrote the state, and the one that was asked.
    package let clusters: (written: String?, asked: String?)

    package init(_ findings: [LogFinding], written: String?, asked: String?) {
        self.findings = findings
        clusters = (written, asked)
    }

    /// Whether the state was written in another cluster than the one that was asked.
    package var isOtherCluster: Bool {
        guard let written = clusters.written, let asked = clusters.asked else { return false }
        return written != asked
    }

    /// The logs that only have the name of those that were read.
    ///
    /// In another cluster (a mirror, a restored backup) a log must show that it is the same: that its record is
    /// gone is no excuse there.
    package var strangers: [LogFinding] {
        let isProven = !isOtherCluster || findings.contains { $0.verdict == .same }
        return findings.filter { finding in
            switch finding.verdict {
            case .same, .unknown: false
            case .removed: !isProven && !finding.mark.isCompacted
            case .other: true
            }
        }
    }

    /// Why the shard can't go on; nil: it can.
    ///
    /// - Parameter accepted: Logs that a person has looked at, as ``LogFinding/name`` names them.
    /// - Returns: What is wrong and the way out.
    package func stop(accepting accepted: Set<String>) -> Stop? {
        Self.stop([self], accepting: accepted)
    }

    /// Why some shards can't go on; nil: they all can.
    ///
    /// Says of one log what is wrong, and how all are accepted.
    package static func stop(_ verdicts: [LogVerdicts], accepting accepted: Set<String>) -> Stop? {
        var seen: Set<TopicPartition> = []
        let refused = verdicts.flatMap(\.strangers).filter { finding in
            !accepted.contains(finding.name) && seen.insert(finding.mark.place).inserted
        }
        guard let first = refused.first else { return nil }
        let more = refused.count > 1 ? ", and \(refused.count - 1) more like it" : ""
        return Stop(
            .stateMismatch,
            first.explanation + more,
            reason: "other-log",
            remedy: remedy(refused.map(\.name), verdicts.contains(where: \.isOtherCluster)),
            details: refused.map { "to accept: \($0.name)" }
        )
    }

    /// Names of logs in a remedy at most: a field of a log line holds 512 characters.
    private static let namesMax = 4

    private static func remedy(_ names: [String], _ isOtherCluster: Bool) -> String {
        let cluster = isOtherCluster ? "The state was written in another cluster. " : ""
        let more = names.count > namesMax ? "; opiniond check names them all" : ""
        return
            "\(cluster)Right cluster and topicPrefix? Made anew on purpose: start with kafka.acceptedLogs "
            + "[\(names.prefix(namesMax).joined(separator: ", "))]\(more). Then all of it is read, the state is kept, "
            + "known events change nothing"
    }
}
