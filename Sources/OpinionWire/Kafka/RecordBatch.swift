/// Records to be written in one transaction, their bytes end to end in one buffer.
///
/// A batch is kept until its transaction has ended, so that an aborted one can be sent again as it
/// stands. Appending allocates nothing once the buffers have grown.
package struct RecordBatch: Sendable {
    /// One record to be written: where it goes and where its bytes lie.
    package struct Entry: Sendable {
        /// Position in the producer's list of topics.
        package var topic: Int
        /// nil lets the key choose: Java's murmur2.
        package var partition: Int32?
        package var key: Range<Int>?
        /// nil writes a tombstone.
        package var value: Range<Int>?
        package var headers: [Header]
        /// Milliseconds since 1970; nil is when it is sent.
        package var timestamp: Int64?

        package init(
            topic: Int,
            partition: Int32?,
            key: Range<Int>?,
            value: Range<Int>?,
            headers: [Header],
            timestamp: Int64? = nil
        ) {
            self.topic = topic
            self.partition = partition
            self.key = key
            self.value = value
            self.headers = headers
            self.timestamp = timestamp
        }
    }

    package var bytes: [UInt8] = []
    package var entries: [Entry] = []

    package init() {}

    package mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
    }
}
