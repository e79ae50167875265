internal import Foundation
internal import Synchronization

/// Ends the process when a call into librdkafka never comes back.
///
/// `send_offsets_to_transaction` and others can block beyond any time they are given (librdkafka
/// #5456). Nothing is lost: whoever takes the shard over finds what was committed.
enum Deadline {
    /// How long a call may take; beyond what the client itself waits for a transaction.
    static let seconds: Int64 = 90

    /// Set while a call is under way.
    final class Watch: Sendable {
        private let armedAt = Atomic<Int64>(0)

        func arm() { armedAt.store(Self.now, ordering: .relaxed) }
        func disarm() { armedAt.store(0, ordering: .relaxed) }

        var isOverdue: Bool {
            let begun = armedAt.load(ordering: .relaxed)
            return begun != 0 && Self.now - begun > Deadline.seconds
        }

        private static var now: Int64 { Int64(ProcessInfo.processInfo.systemUptime) + 1 }
    }

    /// Looks every second; `say` has to be quick, for the process ends after it.
    static func guardProcess(
        _ overdue: @escaping @Sendable () -> Bool,
        say: @escaping @Sendable () -> Void
    ) {
        let thread = Thread {
            ThreadName.deadline.take()
            while true {
                Thread.sleep(forTimeInterval: 1)
                guard overdue() else { continue }
                say()
                _exit(ExitCode.tryAgain.rawValue)
            }
        }
        thread.start()
    }
}
