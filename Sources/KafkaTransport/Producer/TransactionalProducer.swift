internal import CRDKafka
package import OpinionWire
internal import Synchronization

/// The producer of one shard: its transactional id decides who owns the shard.
///
/// ```
///   initTransactions ─► begin ─► produce… ─► sendOffsets ─► commit ─┐
///                         ▲        └── reaction .abort ──► abort ───┤
///                         └─────────────────────────────────────────┘
/// ```
/// One thread creates and uses it. Its calls block, and some longer than they are told to:
/// `sendOffsets` ignores its time while the group's coordinator is down (librdkafka #5456), and a
/// commit without a limit has none. Somebody else must watch the clock.
package final class TransactionalProducer {
    let client: Client
    private var topics = ProducerTopics()
    private let writer = RecordWriter()

    /// How long ``produce(_:)`` waits for a full queue to drain: polls of 10 ms each.
    private static let queueFullPollsMax = 3_000

    /// - Parameters:
    ///   - settings: of ``KafkaSettings/producer(user:transactionTimeoutMilliseconds:)``.
    ///   - transactionalID: the identity to be taken over; whoever had it is fenced.
    ///   - topics: what ``RecordBatch/Entry/topic`` is an index into.
    ///   - log: where librdkafka's lines go.
    /// - Throws: ``KafkaError``, with the reaction `badSettings` when the settings are wrong.
    package init(
        settings: KafkaSettings,
        transactionalID: String,
        topics: [String],
        log: KafkaLog
    ) throws(KafkaError) {
        var settings = settings
        settings.properties.append(("transactional.id", transactionalID))
        client = try Client(.producer, settings, log: log)
        for topic in topics { _ = try self.topics.index(of: topic, client) }
    }

    /// The last offset that the brokers acknowledged of a topic since ``mark(_:)``; nil: none yet.
    package var markedOffset: Int64? {
        client.context.markedOffset < 0 ? nil : client.context.markedOffset
    }

    /// Notes from now on at which offsets records of a topic are acknowledged.
    ///
    /// - Parameter topic: Index into the topics given; its records all go to one partition.
    package func mark(_ topic: Int) {
        client.context.markedTopic = unsafe UInt(bitPattern: topics.handles[topic])
    }

    deinit { close() }

    /// Asks for the metadata of all topics, so that the first transaction need not wait for it:
    /// otherwise its first record is up to a second late (librdkafka #5032).
    ///
    /// The time is for each topic.
    ///
    /// - Throws: ``KafkaError``; `badSettings` for a topic that does not exist.
    package func warmUp(timeoutMilliseconds: Int32) throws(KafkaError) {
        for topic in topics.names
        where try client.shape(of: topic, timeoutMilliseconds) == nil {
            throw KafkaError(
                RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC,
                attempted: "looking up the topic \(topic)"
            )
        }
    }

    /// Takes the transactional id over: aborts what a predecessor left open, and fences it.
    ///
    /// May be called again after the reaction `retry`: it goes on where it was.
    package func initTransactions(timeoutMilliseconds: Int32) throws(KafkaError) {
        try client.check(
            unsafe rd_kafka_init_transactions(client.open, timeoutMilliseconds),
            "taking over a transactional id"
        )
    }

    package func begin() throws(KafkaError) {
        client.context.beginTransaction()
        try client.check(unsafe rd_kafka_begin_transaction(client.open), "beginning a transaction")
    }

    /// Queues all records of a batch; they are copied.
    ///
    /// - Throws: ``KafkaError``, never with the reaction `retry`: a part of the batch is in the
    ///   transaction by then, so it must be aborted before the batch is sent again.
    package func produce(_ batch: RecordBatch) throws(KafkaError) {
        var failure: KafkaError?
        unsafe batch.bytes.withUnsafeBytes { bytes in
            for entry in batch.entries where failure == nil {
                failure = unsafe produce(message(entry, bytes))
                failure?.topic = topics.names[entry.topic]
            }
        }
        guard var failure else { return }
        if failure.reaction == .retry { failure.reaction = .abort }
        throw failure
    }

    /// Waits until what was queued has been delivered, without ending the transaction.
    package func flush(timeoutMilliseconds: Int32) throws(KafkaError) {
        try client.check(unsafe rd_kafka_flush(client.open, timeoutMilliseconds), "delivering")
    }

    /// Adds the group's offsets to the transaction: of each shard, the next record to be read.
    ///
    /// After the reaction `retry`, call again with the same arguments.
    ///
    /// - Precondition: `positions` is not empty. librdkafka would do nothing then and say nothing,
    ///   and a transaction without offsets is not checked against the group.
    package func sendOffsets(
        _ positions: [(TopicPartition, Int64)],
        _ membership: GroupMembership,
        timeoutMilliseconds: Int32 = 30_000
    ) throws(KafkaError) {
        precondition(positions.contains { 0 <= $0.1 }, "no offset to send among \(positions.count)")
        let list = PartitionList(positions)
        do throws(KafkaError) {
            try client.check(
                unsafe rd_kafka_send_offsets_to_transaction(
                    client.open,
                    list.list,
                    membership.metadata,
                    timeoutMilliseconds
                ),
                "sending offsets"
            )
        } catch {
            throw broken(error)
        }
    }

    /// Delivers what is queued and commits.
    ///
    /// May be called again after the reaction `retry`: it goes on where it was. After `restart` or
    /// `fenced` the outcome is unknown: the transaction may have been committed.
    ///
    /// - Parameter timeoutMilliseconds: −1, which librdkafka advises, waits as long as it takes.
    /// - Throws: ``KafkaError``; when a record could not be delivered, what happened to it.
    package func commit(timeoutMilliseconds: Int32 = -1) throws(KafkaError) {
        do throws(KafkaError) {
            try client.check(
                unsafe rd_kafka_commit_transaction(client.open, timeoutMilliseconds),
                "committing"
            )
        } catch {
            throw error.explained(by: client.context.deliveryFailure)
        }
    }

    /// Takes back what was sent.
    ///
    /// May be called again after the reaction `retry`: it goes on where it was.
    package func abort(timeoutMilliseconds: Int32 = -1) throws(KafkaError) {
        try client.check(
            unsafe rd_kafka_abort_transaction(client.open, timeoutMilliseconds),
            "aborting"
        )
    }

    /// How often EndTxn was sent for the present transaction, or the last if none is open.
    ///
    /// librdkafka sends it again after `socket.timeout.ms`, and the first one, delayed on its way,
    /// may then end the *next* transaction (librdkafka #5423; no KIP-890 part 2 yet). When this
    /// exceeds 1, make a new producer before beginning another: its new epoch shuts the late one out.
    package var endTransactionSends: Int {
        client.context.endTransactionSends.load(ordering: .relaxed)
    }

    /// Destroys the handle; an open transaction is left to the next owner of the id.
    package func close() {
        guard unsafe client.handle != nil else { return }
        // What is queued would otherwise be waited for.
        _ = unsafe rd_kafka_purge(client.open, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT)
        topics.close()
        client.close()
    }

    private func message(
        _ entry: RecordBatch.Entry,
        _ bytes: UnsafeRawBufferPointer
    ) -> RecordWriter.Message {
        unsafe RecordWriter.Message(
            topic: topics.handles[entry.topic],
            partition: entry.partition ?? RD_KAFKA_PARTITION_UA,
            key: entry.key.map { unsafe UnsafeRawBufferPointer(rebasing: bytes[$0]) },
            value: entry.value.map { unsafe UnsafeRawBufferPointer(rebasing: bytes[$0]) },
            headers: entry.headers,
            timestamp: entry.timestamp
        )
    }

    private func produce(_ message: RecordWriter.Message) -> KafkaError? {
        for _ in 0..<Self.queueFullPollsMax {
            guard let error = unsafe writer.write(message, client.open) else { return nil }
            guard unsafe rd_kafka_error_code(error) == RD_KAFKA_RESP_ERR__QUEUE_FULL else {
                return unsafe KafkaError(taking: error, of: client.open, attempted: "producing")
            }
            unsafe rd_kafka_error_destroy(error)
            _ = unsafe rd_kafka_poll(client.open, 10)
        }
        return KafkaError(RD_KAFKA_RESP_ERR__QUEUE_FULL, attempted: "producing")
    }
}
