package import KafkaTransport
package import Logging
internal import OpinionFlow
internal import OpinionMatching

/// Gathers figures and tells how the daemon is: on standard output, to systemd, in the metrics file.
///
/// The loop's own; what it tells other threads goes through ``LineSink``.
package final class HealthReporter {
    private let log: Logger
    private let intervalSeconds: Double
    private var channels: HealthChannels
    private var clientLog: ClientLog
    private var health = Health()
    private var times = WorkTimes()
    private var judge: HealthJudge
    private var deadLetters = DeadLetterWatch()
    private var toldAt = -Double.infinity
    private var toldStatus: String?

    package init(
        output: LineOutput,
        systemd: Systemd,
        metricsFile: String,
        intervalSeconds: Int,
        kafkaLog: KafkaLog,
        log: Logger,
        memory: MemoryWatch? = nil
    ) {
        self.log = log
        self.intervalSeconds = Double(intervalSeconds)
        channels = HealthChannels(output: output, systemd: systemd, metricsFile: metricsFile)
        clientLog = ClientLog(kafkaLog)
        judge = HealthJudge(memory: memory)
    }

    // MARK: What happened

    func decided(nanoseconds: UInt64) { times.decided(nanoseconds: nanoseconds) }

    func committed(_ transaction: Transaction, at now: Moment) {
        health.transactions += 1
        health.tally += transaction.tally
        deadLetters.note(transaction.tally.dead)
        times.answered(transaction.arrivals, at: now.milliseconds)
    }

    func aborted() { health.aborted += 1 }

    /// Something doesn't work.
    ///
    /// - Parameters:
    ///   - trouble: What.
    ///   - detail: What happened, without payload.
    ///   - shard: Whose trouble it is; nil: no single one's.
    ///   - uptime: Now, in seconds.
    func trouble(
        _ trouble: Trouble,
        _ detail: String,
        of shard: Int? = nil,
        at uptime: Double
    ) {
        guard judge.troubles.note(trouble, of: shard, at: uptime) else { return }
        var metadata: Logger.Metadata = ["trouble": "\(trouble.rawValue)", "error": "\(detail)"]
        if let shard { metadata["shard"] = "\(shard)" }
        log.warning("trouble; trying again", metadata: metadata)
    }

    func recovered(_ trouble: Trouble, of shard: Int? = nil) {
        guard judge.troubles.clear(trouble, of: shard) else { return }
        log.notice("recovered", metadata: ["trouble": "\(trouble.rawValue)"])
    }

    /// A shard is no longer ours: its troubles are somebody else's.
    func forget(_ shard: Int) {
        for trouble in judge.troubles.troubles(of: shard) { recovered(trouble, of: shard) }
    }

    /// The brokers answered what they were asked at some time.
    ///
    /// What was asked before a trouble came up says nothing about them now.
    func answered(whatWasAskedAt asked: Double) {
        if (judge.troubles.told(.broker) ?? 0) <= asked { recovered(.broker) }
    }

    // MARK: Telling

    /// Once a turn of the loop: systemd hears that we are alive, and everybody how we are.
    func turn(_ service: ServiceStatus) {
        channels.live(at: service.uptime)
        clientLog.pass(to: log, at: service.uptime)
        deadLetters.tell(log, at: service.uptime)
        let verdict = judge.verdict(on: service, received: health.tally.received)
        health.lagStatus = verdict.lagStatus
        let key = verdict.status.rawValue + verdict.reasons.joined()
        guard key != toldStatus || service.uptime - toldAt >= intervalSeconds else { return }
        health.status = verdict.status
        health.reasons = verdict.reasons
        tell(service)
        toldStatus = key
    }

    func stopping() { channels.stop() }

    /// The last word: why it ends, in the line and in systemd's status.
    ///
    /// - Parameters:
    ///   - service: Whose figures are told.
    ///   - stop: Why; nil: it was asked to.
    func finish(_ service: ServiceStatus, _ stop: Stop?) {
        channels.stop()
        clientLog.finish(to: log, at: service.uptime)
        health.status = .stopping
        health.reasons = [stop?.reason ?? ExitCode.stopped.reason]
        health.end = stop.map { "exit \($0.code.rawValue): \($0.message)" }
        tell(service)
    }

    private func tell(_ service: ServiceStatus) {
        gather(service)
        toldAt = service.uptime
        times.turn(at: service.uptime)
        do {
            try channels.publish(health)
        } catch {
            log.warning("the metrics file can't be written")
        }
    }

    private func gather(_ service: ServiceStatus) {
        let census = service.census()
        health.fill(service)
        health.fill(census, at: service.now)
        times.fill(&health)
        health.uptimeSeconds = channels.secondsUp(at: service.uptime)
        health.residentMegabytes = Systemd.residentBytes >> 20
        health.linesDropped = channels.output.sink.dropCount
        warn(of: judge.newlyCollapsed(among: census.collapsed))
    }

    private func warn(of collapsed: Set<String>) {
        guard !collapsed.isEmpty else { return }
        log.warning(
            "a network lost most of its specialists within minutes: their seats are kept",
            metadata: ["networks": "\(collapsed.sorted().joined(separator: " "))"]
        )
    }
}

extension Health {
    fileprivate mutating func fill(_ service: ServiceStatus) {
        shardsOwned = service.shards.owned
        shardsRestoring = service.shards.restoring
        shardsStandby = service.shards.standby
        lag = service.lag
    }

    fileprivate mutating func fill(_ census: Census, at now: Moment) {
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
