internal import Foundation
package import KafkaTransport
internal import Logging
internal import OpinionFlow
internal import OpinionMatching

/// Gathers figures and tells how the daemon is: on standard output, to systemd, in the metrics file.
///
/// The loop's own; what it tells other threads goes through ``LineSink``.
package final class HealthReporter {
    /// How often the ends of the inputs are asked for and timers looked at.
    static let lookSeconds = 0.5
    /// Brokers that leave a question unanswered for so long are away.
    static let silenceSeconds = 5.0
    /// Lag that doesn't shrink for this long is stalled.
    static let stallSeconds = 30.0

    private let output: LineOutput
    private let systemd: Systemd
    private let metrics: MetricsFile?
    private let intervalSeconds: Double
    private let kafkaLog: KafkaLog
    private var chatter = KafkaLogFilter()
    private var memory: MemoryWatch?

    private var health = Health()
    private var decisions = Durations()
    private var latencies = Durations()
    private var troubles = TroubleList()
    private var deadLetters = DeadLetterWatch()
    /// Since when the status has been one of waiting, without a reason.
    private var waitTracker = WaitTracker()
    private var begun: Double?
    private var toldAt = -Double.infinity
    private var turnedAt = -Double.infinity
    private var lookedAt = -Double.infinity
    private var pingedAt = -Double.infinity
    private var progressedAt = 0.0
    private var toldStatus: String?
    private var isStopping = false
    /// Networks of which most specialists went at once.
    private var collapsed: Set<String> = []

    var hasShards = false
    /// Whether the settings last read by SIGHUP were wrong, so that the old ones are in force.
    var areSettingsRefused = false
    /// Shards of others that are ready to be taken over.
    var standby = 0
    /// When the question was asked that the brokers have not answered yet.
    private(set) var askedAt: Double?

    package init(
        output: LineOutput,
        systemd: Systemd,
        metricsFile: String,
        intervalSeconds: Int,
        kafkaLog: KafkaLog,
        memory: MemoryWatch? = nil
    ) {
        self.output = output
        self.systemd = systemd
        metrics = metricsFile.isEmpty ? nil : MetricsFile(path: metricsFile)
        self.intervalSeconds = Double(intervalSeconds)
        self.kafkaLog = kafkaLog
        self.memory = memory
    }

    // MARK: What happened

    func decided(nanoseconds: UInt64) { decisions.record(Int64(nanoseconds / 1_000)) }

    func committed(_ transaction: Transaction, at now: Moment) {
        health.transactions += 1
        health.tally += transaction.tally
        deadLetters.note(transaction.tally.dead)
        for arrival in transaction.arrivals { latencies.record(max(0, now.milliseconds - arrival)) }
    }

    func aborted() { health.aborted += 1 }

    /// Something doesn't work.
    ///
    /// - Parameters:
    ///   - trouble: What.
    ///   - detail: What happened, without payload.
    ///   - shard: Whose trouble it is; nil: no single one's.
    ///   - log: Gets a warning, now and then.
    ///   - uptime: Now, in seconds.
    func trouble(
        _ trouble: Trouble,
        _ detail: String,
        of shard: Int? = nil,
        _ log: Logger,
        at uptime: Double
    ) {
        guard troubles.note(trouble, of: shard, at: uptime) else { return }
        var metadata: Logger.Metadata = ["trouble": "\(trouble.rawValue)", "error": "\(detail)"]
        if let shard { metadata["shard"] = "\(shard)" }
        log.warning("trouble; trying again", metadata: metadata)
    }

    func recovered(_ trouble: Trouble, of shard: Int? = nil, _ log: Logger) {
        guard troubles.clear(trouble, of: shard) else { return }
        log.notice("recovered", metadata: ["trouble": "\(trouble.rawValue)"])
    }

    /// A shard is no longer ours: its troubles are somebody else's.
    func forget(_ shard: Int, _ log: Logger) {
        for trouble in troubles.troubles(of: shard) { recovered(trouble, of: shard, log) }
    }

    // MARK: Are the brokers there

    /// The brokers were asked something.
    func asked(at uptime: Double) { askedAt = uptime }

    /// There will be no other answer to what was asked, from the brokers if they are there.
    ///
    /// What was asked before a trouble came up says nothing about them now.
    func heard(isThere: Bool, _ log: Logger) {
        let asked = askedAt.take() ?? 0
        if isThere, (troubles.told(.broker) ?? 0) <= asked { recovered(.broker, log) }
    }

    /// Brokers that don't answer are away, though no call has failed yet: some take half a minute.
    func watchSilence(_ log: Logger, at uptime: Double) {
        guard let askedAt, uptime - askedAt > Self.silenceSeconds else { return }
        trouble(.broker, "asking the brokers: no answer yet", log, at: uptime)
    }

    /// Whether it is time to ask for ends and look at timers; true at most twice a second.
    func isTimeToLook(_ uptime: Double) -> Bool {
        guard uptime - lookedAt >= Self.lookSeconds else { return false }
        lookedAt = uptime
        return true
    }

    // MARK: Telling

    /// Once a turn of the loop: systemd hears that we are alive, and everybody how we are.
    func turn(_ service: Service, isDraining: Bool) {
        let uptime = service.clock.uptime
        if begun == nil { begin(uptime) }
        ping(uptime)
        passOn(chatter.take(kafkaLog.drain(), at: uptime), service.log)
        deadLetters.tell(service.log, at: uptime)
        let (status, reasons) = judge(service, isDraining: isDraining)
        let key = status.rawValue + reasons.joined()
        guard key != toldStatus || uptime - toldAt >= intervalSeconds else { return }
        health.status = status
        health.reasons = reasons
        tell(service, uptime)
        toldStatus = key
    }

    func stopping() {
        isStopping = true
        systemd.say(.stopping)
    }

    /// The last word: why it ends, in the line and in systemd's status.
    ///
    /// - Parameters:
    ///   - service: Whose figures are told.
    ///   - stop: Why; nil: it was asked to.
    func finish(_ service: Service, _ stop: Stop?) {
        if !isStopping { stopping() }
        let last = chatter.take(kafkaLog.drain(), at: service.clock.uptime) + chatter.finish()
        passOn(last, service.log)
        health.status = .stopping
        health.reasons = [stop?.reason ?? ExitCode.stopped.reason]
        health.end = stop.map { "exit \($0.code.rawValue): \($0.message)" }
        tell(service, service.clock.uptime)
    }

    private func begin(_ uptime: Double) {
        begun = uptime
        systemd.say(.ready, .status("starting"))
    }

    /// The watchdog hears from the loop itself: one that hangs is killed.
    private func ping(_ uptime: Double) {
        guard let every = systemd.watchdogSeconds, uptime - pingedAt >= every else { return }
        pingedAt = uptime
        systemd.say(.watchdog)
    }

    private func tell(_ service: Service, _ uptime: Double) {
        gather(service, uptime)
        output.write(health.line)
        systemd.say(.status(health.sentence))
        toldAt = uptime
        if uptime - turnedAt >= 60 {
            decisions.turn()
            latencies.turn()
            turnedAt = uptime
        }
        do {
            try metrics?.write(health)
        } catch {
            service.log.warning("the metrics file can't be written")
        }
    }

    private func gather(_ service: Service, _ uptime: Double) {
        health.uptimeSeconds = Int(uptime - (begun ?? uptime))
        health.shardsOwned = service.runtimes.count
        health.shardsRestoring = service.restoring.count + service.waitingForRoster.count
        health.shardsStandby = standby
        health.lag = service.runtimes.values.reduce(0) { $0 + $1.lag }
        health.decision = decisions.quantiles
        health.latency = latencies.quantiles
        health.residentMegabytes = Systemd.residentBytes >> 20
        health.linesDropped = output.sink.dropCount
        let census = service.census
        health.take(census, at: service.now)
        note(census.collapsed, service.log)
    }

    /// Says once which networks have lost most of their specialists.
    private func note(_ networks: Set<String>, _ log: Logger) {
        defer { collapsed = networks }
        guard !networks.isSubset(of: collapsed) else { return }
        log.warning(
            "a network lost most of its specialists within minutes: their seats are kept",
            metadata: ["networks": "\(networks.sorted().joined(separator: " "))"]
        )
    }

    /// What librdkafka logged, as lines of ours.
    private func passOn(_ tellings: [KafkaLogFilter.Telling], _ log: Logger) {
        for telling in tellings { log.pass(on: telling) }
    }

    // MARK: Judging

    private func judge(_ service: Service, isDraining: Bool) -> (Health.Status, [String]) {
        judgeLag(service)
        var reasons = troubles.reasons
        if health.lagStatus == .stalled, !troubles.has(.broker), !troubles.has(.openTransaction) {
            reasons.insert("lag-stalled")
        }
        if let fault = service.clockFault { reasons.insert(fault) }
        if areSettingsRefused { reasons.insert("settings-refused") }
        if !collapsed.isEmpty { reasons.insert("roster-collapsed") }
        if memory?.isNear(at: service.clock.uptime) == true { reasons.insert(MemoryWatch.reason) }
        let status = status(service, isDraining: isDraining, isTroubled: !reasons.isEmpty)
        if let wait = service.wait(in: status) {
            let isLong = waitTracker.isLong(wait, at: service.clock.uptime)
            if isLong, reasons.isEmpty { reasons.insert(wait.rawValue) }
        } else {
            waitTracker.end()
        }
        return (status, reasons.sorted())
    }

    private func status(
        _ service: Service,
        isDraining: Bool,
        isTroubled: Bool
    ) -> Health.Status {
        if isDraining { return .draining }
        if !service.restoring.isEmpty || !service.waitingForRoster.isEmpty { return .restoring }
        guard hasShards && service.roster.isWhole else {
            return troubles.isEmpty ? .starting : .degraded
        }
        return isTroubled ? .degraded : .ready
    }

    private func judgeLag(_ service: Service) {
        let lag = service.runtimes.values.reduce(0) { $0 + $1.lag }
        let uptime = service.clock.uptime
        if lag == 0 || health.tally.received != progressedWith { progressedAt = uptime }
        progressedWith = health.tally.received
        let isStalled = uptime - progressedAt > Self.stallSeconds || troubles.has(.broker)
        health.lagStatus = isStalled ? .stalled : lag == 0 ? .ok : .behind
    }

    private var progressedWith = 0
}

extension Health {
    fileprivate mutating func take(_ census: Census, at now: Moment) {
        specialists = census.specialists
        capacityUnits = census.capacityUnits
        unitsUsed = census.unitsUsed
        requestsOpen = census.requestsOpen
        requestsWaiting = census.requestsWaiting
        overdue = census.overdue
        oldestWaitingSeconds =
            census.oldestWaiting.map { max(0, now.milliseconds - $0.milliseconds) / 1_000 } ?? 0
    }
}

extension Service {
    fileprivate var census: Census {
        runtimes.values.reduce(into: Census()) { $0 += $1.shard.census(at: now) }
    }
}
