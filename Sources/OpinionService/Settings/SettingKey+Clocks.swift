internal import OpinionFlow
internal import OpinionMatching

/// Settings of what time does to a request.
extension SettingKey {
    /// One limit of a clock: when somebody is reminded, asked instead, or told.
    struct ClockLimit: Sendable {
        let clock: ClockKind
        let name: String
        let path: any WritableKeyPath<ClockLimits, [Int64]> & Sendable
        /// What happens, in words that follow "until".
        let effect: String
        var least = 0

        /// One for each priority, the least pressing first.
        var keys: [SettingKey] {
            Priority.allCases.map { priority in
                SettingKey(
                    "matching.clocks.\(clock.rawValue).\(name)Hours.\(priority.name)",
                    .number(least...8_760),
                    .number(hours(priority)),
                    "Hours of \(clock.subject), priority \(priority.name),",
                    "until \(effect)." + (least == 0 ? " 0: never." : "")
                )
            }
        }

        private func hours(_ priority: Priority) -> Int {
            Int(ClockPolicy()[clock][keyPath: path][priority.rawValue] / 3_600_000)
        }
    }

    static let clockLimits = [
        ClockLimit(clock: .assign, name: "remind", path: \.remind, effect: "a reminder is sent"),
        ClockLimit(clock: .assign, name: "escalate", path: \.escalate, effect: "it is escalated"),
        ClockLimit(clock: .accept, name: "remind", path: \.remind, effect: "a reminder is sent"),
        ClockLimit(
            clock: .accept,
            name: "reassign",
            path: \.reassign,
            effect: "another specialist is asked",
            least: 1
        ),
        ClockLimit(clock: .accept, name: "escalate", path: \.escalate, effect: "it is escalated"),
        ClockLimit(clock: .deliver, name: "remind", path: \.remind, effect: "a reminder is sent"),
        ClockLimit(
            clock: .deliver,
            name: "reassign",
            path: \.reassign,
            effect: "the seat goes to another specialist"
        ),
        ClockLimit(
            clock: .deliver,
            name: "escalate",
            path: \.escalate,
            effect: "it is escalated"
        ),
        ClockLimit(clock: .records, name: "remind", path: \.remind, effect: "a reminder is sent"),
        ClockLimit(
            clock: .records,
            name: "escalate",
            path: \.escalate,
            effect: "it is escalated"
        ),
    ]
    static let expireDays = SettingKey(
        "matching.expireDays",
        .number(0...3_650),
        .number(0),
        "Days from its `time` until an unanswered request is closed as expired; 0: never."
    )
    static let clocks = clockLimits.flatMap(\.keys) + [expireDays]
}

extension ClockKind {
    /// What it measures, in words that follow "hours of".
    fileprivate var subject: String {
        switch self {
        case .assign: "a seat that nobody has taken"
        case .accept: "an offer that is not accepted"
        case .deliver: "a seat without its opinion"
        case .records: "a request without its records"
        }
    }
}
