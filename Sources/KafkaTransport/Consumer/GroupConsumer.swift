internal import CRDKafka
package import OpinionWire

/// A member of a consumer group: reads the inputs of the shards the group gives it.
///
/// ```
///            .assigned            fetch([])       fetch([...]) ↺
///   joining ───────────► assigned ─────────► fetching ──┐
///      ▲                                                │ .revoked
///      └──────────────── unassign() ◄── draining ◄──────┘
/// ```
/// Rebalances come out of ``poll(timeoutMilliseconds:)`` as events, and the owner answers each by a
/// call when it is ready: `fetch([])` at once after `.assigned`, so that the join completes, and
/// ``unassign()`` after `.revoked`, once what is in flight has been committed.
///
/// What is fetched is said outright, as a list that replaces the last one. Pausing, seeking and
/// resuming would do the same with less work, but have bugs in librdkafka 2.0.2: resuming what is
/// not paused rewinds it (librdkafka #2593, #4636), seeking takes its time-out in microseconds (#4230).
///
/// One thread creates and uses it; only ``waker`` may go elsewhere. It never commits, never
/// unsubscribes, and closing says nothing to the group: a static member keeps its shards until its
/// session ends.
package final class GroupConsumer {
    package let waker: KafkaWaker
    private let client: Client
    private var reader = MessageReader()
    /// After `.revoked`, until the next fetch, nothing more is handed out.
    private var isDraining = false

    /// - Throws: ``KafkaError``, with the reaction `badSettings` when the settings are wrong.
    package init(settings: KafkaSettings, topics: [String], log: KafkaLog) throws(KafkaError) {
        client = try Client(.consumer, settings, log: log)
        unsafe waker = KafkaWaker(consumer: client.open)
        // Statistics and errors come through the consumer's queue as well.
        unsafe rd_kafka_poll_set_consumer(client.open)
        let list = PartitionList(topics.map { TopicPartition($0, RD_KAFKA_PARTITION_UA) })
        try client.check(unsafe rd_kafka_subscribe(client.open, list.list), "subscribing")
    }

    deinit { close() }

    /// The next thing that happened; nil after the time is up, or at once after a wake.
    ///
    /// A time-out of 0 takes only what is there; −1 waits for ever.
    ///
    /// - Complexity: two allocations a record, one more when it has headers.
    package func poll(timeoutMilliseconds: Int32) -> Polled? {
        if let event = nextEvent() { return event }
        guard let message = unsafe rd_kafka_consumer_poll(client.open, timeoutMilliseconds)
        else { return nextEvent() }
        defer { unsafe rd_kafka_message_destroy(message) }
        let polled = unsafe reader.read(message, of: client.open)
        if isDraining, polled.isFetched { return nil }
        return polled
    }

    /// Fetches these partitions from these offsets, and no others.
    ///
    /// Nothing that was fetched for an earlier list is handed out afterwards: give each partition
    /// the offset of the first record that has not been polled.
    ///
    /// Does nothing when the assignment is lost or a revocation is being drained. (It would
    /// otherwise reset librdkafka's mark of the loss: broker loses us, we fetch, and the
    /// `.revoked` that is on its way would claim that all is well.)
    ///
    /// - Parameter positions: shards this member owns with the offset to start at.
    /// - Throws: ``KafkaError``.
    package func fetch(_ positions: [(TopicPartition, Int64)]) throws(KafkaError) {
        guard !isDraining, !isAssignmentLost else { return }
        client.context.isRebalanceOpen = false
        try client.assign(PartitionList(positions), "fetching")
    }

    /// Gives the shards back, after `.revoked`; the group then goes on to share them out anew.
    package func unassign() throws(KafkaError) {
        isDraining = false
        client.context.isRebalanceOpen = false
        try client.unassign("giving up shards")
    }

    /// Whether the group has taken the shards away without asking; `.revoked` follows.
    package var isAssignmentLost: Bool { unsafe rd_kafka_assignment_lost(client.open) != 0 }

    /// This consumer's place in the group now, to be sent with offsets.
    package func groupMetadata() -> GroupMembership? {
        unsafe GroupMembership(consumer: client.open)
    }

    /// Leaves the group, so that its shards go to others at once; nothing can be done with it afterwards but closing.
    ///
    /// Static members say nothing to their group when they close (KIP-345), but they do when they unsubscribe. That is
    /// sent once the assignment that is taken back has been answered, on the way through the polls here.
    ///
    /// - Parameter seconds: How long it may take.
    package func leave(seconds: Double) {
        guard unsafe client.handle != nil,
            unsafe rd_kafka_unsubscribe(client.open) == RD_KAFKA_RESP_ERR_NO_ERROR
        else { return }
        let end = ContinuousClock.now + .seconds(seconds)
        var isRevoked = false
        while ContinuousClock.now < end, !isRevoked {
            if case .revoked? = poll(timeoutMilliseconds: 50) { isRevoked = true }
        }
        try? unassign()
        // The main thread sends the word once it has seen the assignment go.
        for _ in 0..<10 where ContinuousClock.now < end { _ = poll(timeoutMilliseconds: 50) }
    }

    /// Ends it without a word to the group; does nothing the second time.
    package func close() {
        guard unsafe client.handle != nil else { return }
        // An unanswered rebalance could hold the shutdown up.
        if client.context.isRebalanceOpen { unsafe rd_kafka_assign(client.open, nil) }
        waker.close()
        client.close()
    }

    private func nextEvent() -> Polled? {
        guard let event = client.context.nextEvent() else { return nil }
        if case .revoked = event { isDraining = true }
        return event
    }
}

extension Polled {
    /// Whether it belongs to a partition being fetched.
    fileprivate var isFetched: Bool {
        switch self {
        case .record, .endOfPartition: true
        case .assigned, .revoked, .statistics, .failure: false
        }
    }
}
