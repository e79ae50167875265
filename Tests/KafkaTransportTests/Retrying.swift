import Glibc
import KafkaTransport

/// Calls again while the reaction is `retry`, with pauses of 100 ms doubling up to 1 s.
///
/// Blocks the thread. The attempt must be the same each time: librdkafka's transactional calls go
/// on where they were, or send the same request once more.
///
/// - Throws: the last error, once it is not to be retried or the deadline would pass in the pause.
func retrying<Value>(
    until deadline: ContinuousClock.Instant,
    _ attempt: () throws(KafkaError) -> Value
) throws(KafkaError) -> Value {
    var pauseMilliseconds: UInt32 = 100
    while true {
        do throws(KafkaError) {
            return try attempt()
        } catch {
            let resumed = ContinuousClock.now + .milliseconds(pauseMilliseconds)
            guard error.reaction == .retry, resumed < deadline else { throw error }
            usleep(pauseMilliseconds * 1_000)
            pauseMilliseconds = min(pauseMilliseconds * 2, 1_000)
        }
    }
}
