internal import OpinionWire

// Whether what is read still is what was read before.
extension Service {
    /// Between two looks at the logs, in seconds.
    static var inspectionSeconds: Double { 5 }

    /// Asks whether the logs are still those that were read: a topic can be deleted and made anew while it is read.
    func inspectLogs() {
        guard roster.isWhole, !desks.isEmpty, clock.uptime - inspectedAt >= Self.inspectionSeconds
        else { return }
        inspectedAt = clock.uptime
        let marks =
            sortedDesks.flatMap { $0.seek(site.inputs) }
            + roster.seek(site.name(Topic.specialists))
        transport.inspect(marks.filter { $0.fingerprint != nil })
    }

    func learn(_ findings: [LogFinding]) {
        let inquest = LogInquest(findings, written: cluster, asked: cluster)
        if let stop = inquest.stop(accepting: []) { return fail(stop) }
        for finding in findings { confirm(finding.mark.place) }
    }

    private func confirm(_ place: TopicPartition) {
        switch place.topic {
        case site.inputs[0]: desks[Int(place.partition)]?.confirm(.requests)
        case site.inputs[1]: desks[Int(place.partition)]?.confirm(.responses)
        default: roster.confirm(place.partition)
        }
    }
}
