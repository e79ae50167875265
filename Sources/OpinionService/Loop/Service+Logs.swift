internal import OpinionWire

// Whether what is read still is what was read before.
extension Service {
    /// Asks whether the logs are still those that were read: a topic can be deleted and made anew while it is read.
    func inspectLogs() {
        guard roster.isWhole, !shards.runtimes.isEmpty, inputs.inspection.begins(at: clock.uptime)
        else { return }
        let marks =
            shards.sorted.flatMap { $0.inputs.seek(site.inputs) }
            + roster.seek(site.name(Topic.specialists))
        transport.inspect(marks.filter { $0.fingerprint != nil })
    }

    /// - Parameter findings: Of all that was asked about; none when the brokers were away.
    func learn(_ findings: [LogFinding]) {
        let verdicts = LogVerdicts(findings, written: topics.cluster, asked: topics.cluster)
        let strangers = Set(verdicts.strangers.map(\.mark.place))
        let certain = inputs.inspection.take(strangers)
        if !certain.isEmpty, let stop = verdicts.stop(accepting: []) { return fail(stop) }
        for finding in findings where !strangers.contains(finding.mark.place) {
            confirm(finding.mark.place)
        }
    }

    private func confirm(_ place: TopicPartition) {
        switch place.topic {
        case site.inputs[0]: shards.runtimes[Int(place.partition)]?.inputs.confirm(.requests)
        case site.inputs[1]: shards.runtimes[Int(place.partition)]?.inputs.confirm(.responses)
        default: roster.confirm(place.partition)
        }
    }
}
