/// The exit codes of the contract, after sysexits.h.
package enum ExitCode: Int32, CaseIterable, Error, Sendable {
    case stopped = 0
    case usage = 64
    /// State and offsets don't agree.
    case stateMismatch = 65
    case unreachable = 69
    case bug = 70
    /// systemd is to start us again.
    case tryAgain = 75
    /// Another instance took over.
    case fenced = 76
    case unauthorised = 77
    case badSettings = 78
}

/// Why the daemon stops by itself: the code, and what to do about it.
package struct Stop: Error, Hashable, Sendable {
    package var code: ExitCode
    /// For the log: what is wrong and what would be right.
    ///
    /// No payload.
    package var message: String
    /// One word, as `reasons` of the last health line names it.
    package var reason: String
    /// What to do, where that is more than a few words; empty: the message says it.
    package var remedy: String
    /// More lines for whoever has room for them, as `check` has.
    package var details: [String]

    package init(
        _ code: ExitCode,
        _ message: String,
        reason: String? = nil,
        remedy: String = "",
        details: [String] = []
    ) {
        self.code = code
        self.message = message
        self.reason = reason ?? code.reason
        self.remedy = remedy
        self.details = details
    }
}

extension ExitCode {
    /// What the last health line says of an end with this code, where nothing more exact is known.
    package var reason: String {
        switch self {
        case .stopped: "stop-requested"
        case .usage: "usage"
        case .stateMismatch: "state-mismatch"
        case .unreachable: "broker-unreachable"
        case .bug: "bug"
        case .tryAgain: "call-failed"
        case .fenced: "fenced"
        case .unauthorised: "not-authorised"
        case .badSettings: "bad-settings"
        }
    }
}
