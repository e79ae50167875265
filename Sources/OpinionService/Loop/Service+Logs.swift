internal import OpinionWire

/// When the logs are looked at, and which looked like others the last time.
struct InspectionRound {
    /// Between two looks, in seconds.
    static let everySeconds = 5.0

    private var askedAt = -Double.infinity
    private var isAsked = false
    private var suspects: Set<TopicPartition> = []

    /// Whether to ask now: one question at a time, however long the brokers take.
    mutating func begins(at uptime: Double) -> Bool {
        guard !isAsked, uptime - askedAt >= Self.everySeconds else { return false }
        (askedAt, isAsked) = (uptime, true)
        return true
    }

    /// Takes an answer in.
    ///
    /// - Returns: The places that looked like other logs this time and the time before: a leader that has just changed
    ///   may not know its log's end for a moment.
    mutating func take(_ strangers: Set<TopicPartition>) -> Set<TopicPartition> {
        isAsked = false
        defer { suspects = strangers }
        return suspects.intersection(strangers)
    }
}

// Whether what is read still is what was read before.
extension Service {
    /// Asks whether the logs are still those that were read: a topic can be deleted and made anew while it is read.
    func inspectLogs() {
        guard roster.isWhole, !runtimes.isEmpty, inspection.begins(at: clock.uptime) else { return }
        let marks =
            sortedDesks.flatMap { $0.seek(site.inputs) }
            + roster.seek(site.name(Topic.specialists))
        transport.inspect(marks.filter { $0.fingerprint != nil })
    }

    /// - Parameter findings: Of all that was asked about; none when the brokers were away.
    func learn(_ findings: [LogFinding]) {
        let inquest = LogVerdicts(findings, written: cluster, asked: cluster)
        let strangers = Set(inquest.strangers.map(\.mark.place))
        let certain = inspection.take(strangers)
        if !certain.isEmpty, let stop = inquest.stop(accepting: []) { return fail(stop) }
        for finding in findings where !strangers.contains(finding.mark.place) {
            confirm(finding.mark.place)
        }
    }

    private func confirm(_ place: TopicPartition) {
        switch place.topic {
        case site.inputs[0]: runtimes[Int(place.partition)]?.confirm(.requests)
        case site.inputs[1]: runtimes[Int(place.partition)]?.confirm(.responses)
        default: roster.confirm(place.partition)
        }
    }
}
