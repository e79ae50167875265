/// Settings of what declining a seat does to whoever declines.
extension SettingKey {
    static let workloadPauseHours = SettingKey(
        "matching.pauseHours.workload",
        .number(0...168),
        .number(0),
        "For how many hours a specialist who declines a seat for `workload` gets no other seat of",
        "that network, except by a directive. Seats already held stay. A new number applies to",
        "running pauses too. 0: nobody pauses."
    )
    static let pauses = [workloadPauseHours]
}
