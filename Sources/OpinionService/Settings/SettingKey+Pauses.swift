/// Settings of what declining a seat does to whoever declines.
extension SettingKey {
    static let workloadPauseHours = SettingKey(
        "matching.pauseHours.workload",
        .number(0...168),
        .number(0),
        "Hours for which whoever declines a seat for `workload` gets no other of that network;",
        "they keep what they hold. 0: they may be given another at once."
    )
    static let pauses = [workloadPauseHours]
}
