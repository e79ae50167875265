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

    package init(_ code: ExitCode, _ message: String) {
        self.code = code
        self.message = message
    }
}
