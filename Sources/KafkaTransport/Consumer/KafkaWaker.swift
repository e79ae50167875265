internal import CRDKafka
internal import Synchronization

/// Wakes a consumer that is blocked in a poll, from any thread.
///
/// A wake that comes before the poll is not lost: the poll then returns at once. After the consumer
/// has been closed it does nothing.
package final class KafkaWaker: Sendable {
    /// librdkafka's queue functions lock by themselves, and the Mutex keeps a queue that is being
    /// yielded to from being destroyed: so the pointer may be used on any thread.
    @safe private struct Queue: @unchecked Sendable {
        let pointer: OpaquePointer
    }

    private let queue: Mutex<Queue?>

    init(consumer: OpaquePointer) {
        let pointer = unsafe rd_kafka_queue_get_consumer(consumer)
        queue = Mutex(unsafe pointer.map { unsafe Queue(pointer: $0) })
    }

    package func wake() {
        queue.withLock { queue in
            if let queue { unsafe rd_kafka_queue_yield(queue.pointer) }
        }
    }

    /// Lets the queue go; must come before the consumer is destroyed.
    func close() {
        queue.withLock { queue in
            if let open = queue { unsafe rd_kafka_queue_destroy(open.pointer) }
            queue = nil
        }
    }

    deinit { close() }
}
