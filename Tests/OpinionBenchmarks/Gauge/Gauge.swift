import Foundation
import Logging
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionWire

/// What the daemon does for one record of a kind, and nothing else.
///
/// The real loop over brokers in memory: records are handed in as bytes, decoded, decided, encoded, and their state
/// is written into a transaction, which is handed over and acknowledged. Whatever comes before is done when the
/// counted region begins; librdkafka is no part of it.
enum Gauge: String, CaseIterable {
    /// A request among 2,000 specialists, who are given more and more to do.
    case request
    /// The opinion on such a request, up to its report.
    case opinion
    /// A request for a panel, all of whose seats are assigned at once.
    case panel
    /// A decline, and the seat's next assignment.
    case decline
    /// An amendment that changes nobody's seat.
    case amendment
    /// A withdrawal of an assigned request.
    case withdrawal

    func run(_ count: Int) {
        let work = GaugeRecords(count: count, panels: self == .panel)
        let cluster = GaugeCluster(roster: work.roster)
        let service = Self.service(on: cluster, asPanel: self == .panel)
        finish(cluster, service)
        if let before = prepared(by: work) {
            cluster.publish(before)
            finish(cluster, service)
        }
        cluster.publish(counted(of: work))
        cluster.forgetTally()
        gaugedRegion { finish(cluster, service) }
        print(cluster.summary(of: count))
    }

    /// What has happened before; nil: nothing.
    private func prepared(by work: GaugeRecords) -> [Record]? {
        self == .request || self == .panel ? nil : work.requests()
    }

    private func counted(of work: GaugeRecords) -> [Record] {
        switch self {
        case .request, .panel: work.requests()
        case .opinion: work.responses("opinion-submitted", GaugeRecords.opinion)
        case .decline: work.responses("declined", #""declineReason":{"code":"scope"}"#)
        case .amendment: work.amendments()
        case .withdrawal: work.withdrawals()
        }
    }

    private static func service(on cluster: GaugeCluster, asPanel: Bool) -> Service {
        var policy = Policy(name: "gauge", sha256: String(repeating: "0", count: 64))
        if asPanel { policy.panels.first = [] }
        let site = KafkaSite(group: "gauge", instance: "gauge", prefix: "", properties: [])
        let log = Logger(label: "gauge") { _ in SwiftLogNoOpLogHandler() }
        let sink = LineSink(write: { _ in })
        return Service(
            transport: cluster,
            clock: GaugeClock(),
            reporter: HealthReporter(
                output: LineOutput(sink: sink, format: .logfmt, isJournal: false),
                systemd: Systemd(environment: [:]),
                metricsFile: "",
                intervalSeconds: 3_600,
                kafkaLog: site.log,
                log: log
            ),
            site: site,
            reader: ReaderSettings(policy: policy),
            mode: .structured,
            log: log
        )
    }
}

/// What callgrind counts: it collects in here only.
@inline(never)
private func gaugedRegion(_ body: () -> Void) { body() }

private func finish(_ cluster: GaugeCluster, _ service: Service) {
    while !cluster.isDone { _ = service.advance(isStopAsked: false) }
}

/// Time stands, so that no timer is part of the work.
private struct GaugeClock: Clock {
    var now: Moment { Moment(milliseconds: GaugeRecords.epoch + 60_000) }
    var uptime: Double { 1 }
    var nanoseconds: UInt64 { 0 }
}
