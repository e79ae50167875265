internal import CProcess

/// What a thread of the daemon is for, as `ps -T` and `top -H` show it.
///
/// `Thread.name` stays inside the process. The main thread is none of these: its name is the
/// process's, by which `ps -C opiniond` finds it.
package enum ThreadName: Sendable {
    case loop, brokerQueries, topicMonitor, watchdog, lines, standby
    case shard(Int)

    /// Gives the name to the thread that calls.
    package func take() {
        switch self {
        case .loop: cprocess_name_thread(CPROCESS_THREAD_LOOP, 0)
        case .brokerQueries: cprocess_name_thread(CPROCESS_THREAD_QUERIES, 0)
        case .topicMonitor: cprocess_name_thread(CPROCESS_THREAD_MONITOR, 0)
        case .watchdog: cprocess_name_thread(CPROCESS_THREAD_WATCHDOG, 0)
        case .lines: cprocess_name_thread(CPROCESS_THREAD_LINES, 0)
        case .standby: cprocess_name_thread(CPROCESS_THREAD_STANDBY, 0)
        case .shard(let number):
            cprocess_name_thread(CPROCESS_THREAD_SHARD, Int32(clamping: number))
        }
    }
}
