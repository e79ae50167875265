internal import Foundation
internal import Synchronization

/// Ends the process when a call into librdkafka never comes back.
///
/// `send_offsets_to_transaction` and others can block beyond any time they are given (librdkafka
/// #5456). Nothing is lost: whoever takes the shard over finds what was committed.
package enum HangWatchdog {
    /// How long a call may take beyond the time it was given itself.
    package static let graceSeconds = 75.0

    /// Seconds that only grow.
    package static var now: Double { ProcessInfo.processInfo.systemUptime }

    /// The calls of one thread, of which one can be under way.
    package final class Watch: Sendable {
        private struct Call {
            let name: String
            let end: Double
        }

        private let underWay = Mutex<Call?>(nil)
        private let entering: @Sendable (String) -> Void

        fileprivate init(entering: @escaping @Sendable (String) -> Void) {
            self.entering = entering
        }

        /// Makes a call that blocks.
        ///
        /// - Parameters:
        ///   - name: What is called, for the log.
        ///   - milliseconds: How long the call itself means to block at most.
        ///   - call: Never holds another watched one.
        /// - Returns: What the call gives back.
        /// - Throws: What the call throws.
        func call<Answer, Failure: Error>(
            _ name: String,
            atMost milliseconds: Int32 = 0,
            _ call: () throws(Failure) -> Answer
        ) throws(Failure) -> Answer {
            let end = HangWatchdog.now + Double(milliseconds) / 1_000 + HangWatchdog.graceSeconds
            underWay.withLock { $0 = Call(name: name, end: end) }
            defer { underWay.withLock { $0 = nil } }
            entering(name)
            return try call()
        }

        fileprivate func overdue(at now: Double) -> String? {
            underWay.withLock { call in
                guard let call, call.end < now else { return nil }
                return call.name
            }
        }
    }

    /// The watches of all threads that make such calls.
    ///
    /// A thread has its own from its begin to its end, whoever has given it up meanwhile.
    package final class Watches: Sendable {
        private let watches = Mutex<[Watch]>([])
        private let ending = Mutex(Ending())
        private let entering: @Sendable (String) -> Void

        /// - Parameter entering: Hears of each call before it is made, on the calling thread and under
        ///   its watch: a test that doesn't return from here has a call that hangs.
        package init(entering: @escaping @Sendable (String) -> Void = { _ in }) {
            self.entering = entering
        }

        package func add() -> Watch {
            let watch = Watch(entering: entering)
            watches.withLock { $0.append(watch) }
            return watch
        }

        /// How the process ends when a call never comes back.
        private struct Ending {
            var code = ExitCode.tryAgain
            var latest = Double.infinity
        }

        /// ``ExitCode/tryAgain`` (75), unless another code has been set.
        package var exitCode: ExitCode { ending.withLock { $0.code } }

        /// Only closing is left, and the process ends for this reason, whatever hangs, after so many seconds.
        package func end(as reason: ExitCode, within seconds: Double) {
            ending.withLock { $0 = Ending(code: reason, latest: HangWatchdog.now + seconds) }
        }

        func remove(_ watch: Watch) { watches.withLock { $0.removeAll { $0 === watch } } }

        /// Whether the end takes longer than it may, whatever it is that hangs.
        package func isEndOverdue(at now: Double = HangWatchdog.now) -> Bool {
            ending.withLock { $0.latest < now }
        }

        /// A call that should have come back long ago.
        ///
        /// Any thread may ask.
        package func overdue(at now: Double = HangWatchdog.now) -> String? {
            watches.withLock { watches in
                for watch in watches {
                    if let name = watch.overdue(at: now) { return name }
                }
                return nil
            }
        }
    }

    /// Looks every second.
    ///
    /// - Parameters:
    ///   - overdue: Names a call that should have come back long ago; nil: there is none.
    ///   - code: With which the process ends then.
    ///   - say: Has to be quick, for the process ends after it.
    package static func guardProcess(
        _ overdue: @escaping @Sendable () -> String?,
        code: @escaping @Sendable () -> ExitCode,
        say: @escaping @Sendable (String) -> Void
    ) {
        let thread = Thread {
            ThreadName.watchdog.take()
            while true {
                Thread.sleep(forTimeInterval: 1)
                guard let call = overdue() else { continue }
                say(call)
                _exit(code().rawValue)
            }
        }
        thread.start()
    }
}
