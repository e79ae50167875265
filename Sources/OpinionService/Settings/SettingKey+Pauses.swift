/// Settings of what declining a seat does to whoever declines.
extension SettingKey {
    static let workloadPauseHours = SettingKey(
        "matching.pauseHours.workload",
        .number(0...168),
        .number(0),
        "Hours for which whoever declines a seat for `workload` gets no other of that network, but",
        "by an operator's word; they keep what they hold. Another number holds for those who pause",
        "already too. 0: nobody pauses."
    )
    static let pauses = [workloadPauseHours]
}
