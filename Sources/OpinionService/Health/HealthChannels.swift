/// Where health is told: on standard output, to systemd, in the metrics file.
struct HealthChannels {
    let output: LineOutput
    private let systemd: Systemd
    private let metrics: MetricsFile?
    /// Since when systemd knows that we are there; nil: it doesn't yet.
    private var begun: Double?
    private var pingedAt = -Double.infinity
    private var isStopping = false

    init(output: LineOutput, systemd: Systemd, metricsFile: String) {
        self.output = output
        self.systemd = systemd
        metrics = metricsFile.isEmpty ? nil : MetricsFile(path: metricsFile)
    }

    /// Seconds since the first turn.
    func secondsUp(at uptime: Double) -> Int { Int(uptime - (begun ?? uptime)) }

    /// Once a turn: systemd hears that we are alive.
    ///
    /// The watchdog hears from the loop itself: one that hangs is killed.
    mutating func live(at uptime: Double) {
        if begun == nil {
            begun = uptime
            systemd.say(.ready, .status("starting"))
        }
        guard let every = systemd.watchdogSeconds, uptime - pingedAt >= every else { return }
        pingedAt = uptime
        systemd.say(.watchdog)
    }

    /// Says that the end has begun, once.
    mutating func stop() {
        guard !isStopping else { return }
        isStopping = true
        systemd.say(.stopping)
    }

    /// - Throws: When the metrics file can't be written.
    func publish(_ health: Health) throws {
        output.write(health.line)
        systemd.say(.status(health.sentence))
        try metrics?.write(health)
    }
}
