import Logging
import OpinionFlow
import OpinionFuzzing
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
        let sum = GaugeSum()
        let cluster = MemoryCluster(
            shards: 1,
            roster: work.roster,
            count: 0,
            record: { _ in preconditionFailure("nothing is published yet") },
            written: sum.add
        )
        let service = service(on: cluster)
        finish(cluster, service)
        if let before = prepared(by: work) {
            cluster.publish(before)
            finish(cluster, service)
        }
        let records = counted(of: work)
        cluster.publish(records)
        sum.begin()
        gaugedRegion { finish(cluster, service) }
        print(sum.text(of: records))
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

    private func service(on cluster: MemoryCluster) -> Service {
        var policy = Policy(name: "gauge", sha256: String(repeating: "0", count: 64))
        if self == .panel { policy.panels.first = [] }
        let sink = LineSink(write: { _ in })
        return cluster.service(
            policy: policy,
            clock: GaugeClock(),
            output: LineOutput(sink: sink, format: .logfmt, isJournal: false),
            log: Logger(label: "gauge") { _ in SwiftLogNoOpLogHandler() }
        )
    }
}

/// What was committed, so that a count can be seen to be of the work that it is named after.
private final class GaugeSum {
    private var tally = Tally()
    private var bytes = 0
    private var transactions = 0

    func begin() { (tally, bytes, transactions) = (Tally(), 0, 0) }

    func add(_ transaction: Transaction) {
        tally += transaction.tally
        bytes += transaction.batch.bytes.count
        transactions += 1
    }

    func text(of records: [Record]) -> String {
        let read = records.reduce(0) { $0 + ($1.value?.count ?? 0) }
        return "records \(tally.received), assigned \(tally.assigned), reports \(tally.reports), "
            + "dead letters \(tally.deadLetters), transactions \(transactions), "
            + "bytes in \(read / records.count), bytes out \(bytes / records.count)"
    }
}

/// What callgrind counts: it collects in here only.
@inline(never)
private func gaugedRegion(_ body: () -> Void) { body() }

private func finish(_ cluster: MemoryCluster, _ service: Service) {
    while !cluster.isDone { _ = service.advance(isStopAsked: false) }
}

/// Time stands, so that no timer is part of the work.
private struct GaugeClock: Clock {
    var now: Moment { Moment(milliseconds: GaugeRecords.epoch + 60_000) }
    var uptime: Double { 1 }
    var nanoseconds: UInt64 { 0 }
}
