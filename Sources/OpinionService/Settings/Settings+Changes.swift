extension Settings {
    /// What other settings have otherwise and only a restart takes up.
    ///
    /// SIGHUP takes up the policy (`matching`) and the log level. Secrets count by what they are, not by
    /// where they lie: a password that was rotated has changed.
    ///
    /// - Parameter others: The settings as they are read now.
    /// - Returns: Names of settings, those of librdkafka's properties behind `kafka.properties.`; sorted.
    package func changesForRestart(to others: Settings) -> [String] {
        let keys = SettingKey.all.filter { key in
            key.section != "matching" && key.name != SettingKey.logLevel.name
                && key.name != SettingKey.properties.name && value(key) != others.value(key)
        }
        return (keys.map(\.name) + changedProperties(in: others)).sorted()
    }
}
