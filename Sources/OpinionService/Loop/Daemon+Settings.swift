internal import Logging
internal import OpinionFlow
internal import OpinionMatching

extension Daemon.Options {
    /// What the daemon needs of the settings.
    package init(_ settings: Settings) {
        self.init(
            site: settings.site,
            reader: settings.reader,
            mode: settings.eventsMode,
            format: settings.logFormat,
            level: settings.logLevel,
            intervalSeconds: settings.healthIntervalSeconds,
            metricsFile: settings.metricsFile ?? ""
        )
        started = settings
    }
}

extension Daemon {
    /// Reads the settings anew: the policy and the log level change, all else needs a restart.
    ///
    /// Settings that are wrong change nothing; the log and the health line say so.
    func readAnew(_ service: Service, _ threshold: LogThreshold) {
        guard let reload = options.reload else { return }
        switch reload() {
        case .failure(let error):
            service.areSettingsRefused = true
            service.log.error(
                "settings refused; the old ones stay in force",
                metadata: ["problems": "\(error.stop.message)"]
            )
        case .success(let settings):
            service.areSettingsRefused = false
            threshold.level = settings.logLevel
            service.adopt(settings.policy(rememberingAs: service.policy))
            service.log.notice(
                "settings read anew",
                metadata: [
                    "policy": "\(service.policy.name)", "sha256": "\(service.policy.sha256)",
                    "logLevel": "\(settings.logLevel)",
                ]
            )
            tellWhatWaits(settings, service)
        }
    }
}

extension Daemon {
    /// Says what was changed too and is not in force.
    private func tellWhatWaits(_ settings: Settings, _ service: Service) {
        let names = options.started?.changesForRestart(to: settings) ?? []
        guard !names.isEmpty else { return }
        service.log.warning(
            "settings that changed wait for a restart",
            metadata: ["settings": "\(names.joined(separator: " "))"]
        )
    }
}

extension Settings {
    /// The policy of these settings; how long things are remembered, and whether decisions are told in full, is
    /// no part of `matching` and stays as it is in force.
    func policy(rememberingAs old: Policy) -> Policy {
        var policy = policy
        policy.retention = old.retention
        policy.refusesStale = old.refusesStale
        policy.matching.verdictsMax = old.matching.verdictsMax
        return policy
    }
}
