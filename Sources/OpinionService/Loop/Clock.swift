internal import Foundation
package import OpinionMatching

/// Where time comes from.
package protocol Clock {
    /// Wall-clock time.
    var now: Moment { get }
    /// Seconds that only grow, for measuring.
    var uptime: Double { get }
    /// Nanoseconds that only grow, for measuring what is short.
    var nanoseconds: UInt64 { get }
}

/// The machine's clocks.
package struct SystemClock: Clock {
    package init() {}

    package var now: Moment {
        Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))
    }
    package var uptime: Double { ProcessInfo.processInfo.systemUptime }
    package var nanoseconds: UInt64 { DispatchTime.now().uptimeNanoseconds }
}
