internal import OpinionFlow

/// Says how the daemon is, and why.
struct HealthJudge {
    var troubles = TroubleList()
    private var waitTracker = WaitTracker()
    private var lag = LagWatch()
    private var memory: MemoryWatch?
    /// Networks of which most specialists went at once.
    private var collapsed: Set<String> = []

    struct Verdict {
        let status: Health.Status
        let reasons: [String]
        let lagStatus: Health.LagStatus
    }

    init(memory: MemoryWatch?) { self.memory = memory }

    /// - Parameters:
    ///   - service: How the service stands.
    ///   - received: Records that were answered so far.
    /// - Returns: The status with its reasons, and how what lies unread gets on.
    mutating func verdict(on service: ServiceStatus, received: Int) -> Verdict {
        let lagStatus = lag.status(
            of: service.lag,
            received: received,
            isBrokerAway: troubles.has(.broker),
            at: service.uptime
        )
        var reasons = reasons(service, lagStatus)
        let status = status(service.stage, isTroubled: !reasons.isEmpty)
        if let wait = wait(service.stage, status) {
            let isLong = waitTracker.isLong(wait, at: service.uptime)
            if isLong, reasons.isEmpty { reasons.insert(wait.rawValue) }
        } else {
            waitTracker.end()
        }
        return Verdict(status: status, reasons: reasons.sorted(), lagStatus: lagStatus)
    }

    private mutating func reasons(
        _ service: ServiceStatus,
        _ lagStatus: Health.LagStatus
    ) -> Set<String> {
        var reasons = troubles.reasons
        if lagStatus == .stalled, !troubles.has(.broker), !troubles.has(.openTransaction) {
            reasons.insert("lag-stalled")
        }
        if let fault = service.clockFault { reasons.insert(fault) }
        if service.areSettingsRefused { reasons.insert("settings-refused") }
        if !collapsed.isEmpty { reasons.insert("roster-collapsed") }
        if memory?.isNear(at: service.uptime) == true { reasons.insert(MemoryWatch.reason) }
        return reasons
    }

    private func status(_ stage: ServiceStatus.Stage, isTroubled: Bool) -> Health.Status {
        switch stage {
        case .draining: .draining
        case .restoring: .restoring
        case .starting: troubles.isEmpty ? .starting : .degraded
        case .working: isTroubled ? .degraded : .ready
        }
    }

    /// A start that is held up by troubles waits for nothing else.
    private func wait(_ stage: ServiceStatus.Stage, _ status: Health.Status) -> Wait? {
        status == .degraded ? nil : stage.wait
    }

    /// Keeps in mind which networks have lost most of their specialists.
    ///
    /// - Returns: All of them if one is new; else none.
    mutating func newlyCollapsed(among networks: Set<String>) -> Set<String> {
        defer { collapsed = networks }
        return networks.isSubset(of: collapsed) ? [] : networks
    }
}

/// Whether what lies unread gets less.
struct LagWatch {
    /// Lag that doesn't shrink for this long is stalled.
    static let stallSeconds = 30.0

    private var progressedAt = 0.0
    private var progressedWith = 0

    mutating func status(
        of lag: Int64,
        received: Int,
        isBrokerAway: Bool,
        at uptime: Double
    ) -> Health.LagStatus {
        if lag == 0 || received != progressedWith { progressedAt = uptime }
        progressedWith = received
        let isStalled = uptime - progressedAt > Self.stallSeconds || isBrokerAway
        return isStalled ? .stalled : lag == 0 ? .ok : .behind
    }
}
