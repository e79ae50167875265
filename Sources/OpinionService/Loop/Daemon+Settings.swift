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
    }
}
