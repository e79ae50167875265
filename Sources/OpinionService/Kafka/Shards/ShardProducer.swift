internal import KafkaTransport
internal import OpinionWire

/// The transactional producer of a shard, and how far it has written the state.
///
/// Never leaves the shard's thread.
final class ShardProducer {
    /// How long one blocking call may take before it is looked at again.
    static let callMilliseconds: Int32 = 15_000

    private let duty: ShardContext
    private let watch: HangWatchdog.Watch
    private let mayRepeat: (KafkaError) -> Bool
    private var producer: TransactionalProducer?
    /// The next offset of the state behind our last commit; nil: not known.
    var stateEnd: Int64?

    /// - Parameters:
    ///   - duty: What it writes for.
    ///   - watch: Sees its calls.
    ///   - mayRepeat: Waits a moment, and says whether a call that may be resumed is made again.
    init(
        _ duty: ShardContext,
        _ watch: HangWatchdog.Watch,
        mayRepeat: @escaping (KafkaError) -> Bool
    ) {
        self.duty = duty
        self.watch = watch
        self.mayRepeat = mayRepeat
    }

    private var site: KafkaSite { duty.site }

    /// Whether the shard has been taken over, so that something can be committed.
    var isReady: Bool { producer != nil }

    // MARK: Being the only one

    /// A new producer under the shard's id: whoever had it is shut out, what it left open is aborted.
    func fence() throws(KafkaError) {
        dismiss()
        let new = try watch.call("creating a producer") { () throws(KafkaError) in
            try site.producer(of: duty.shard, batchBytesMax: duty.batchBytesMax)
        }
        producer = new
        do throws(KafkaError) {
            try prepare(new)
            new.mark(OutTopic.state.rawValue)
        } catch {
            dismiss()
            throw error
        }
    }

    private func prepare(_ producer: TransactionalProducer) throws(KafkaError) {
        let milliseconds = Self.callMilliseconds
        try watch.call("taking over a transactional id", atMost: milliseconds) {
            () throws(KafkaError) in
            try producer.initTransactions(timeoutMilliseconds: milliseconds)
        }
        let topics = Int32(site.outTopics.count)
        try watch.call("looking up topics", atMost: milliseconds * topics) {
            () throws(KafkaError) in
            try producer.warmUp(timeoutMilliseconds: milliseconds)
        }
    }

    /// Destroys the producer under watch: that waits for librdkafka's threads.
    func dismiss() {
        watch.call("closing a producer") { producer?.close() }
        producer = nil
    }

    // MARK: Committing

    func commit(
        _ transaction: Transaction,
        _ membership: GroupMembership
    ) throws(KafkaError) {
        guard let producer else { return }
        try write(transaction, producer)
        let offsets = zip(site.inputs, [transaction.requests, transaction.responses])
            .map { (TopicPartition($0, Int32(duty.shard)), $1) }
        try again("sending offsets") { () throws(KafkaError) in
            try producer.sendOffsets(
                offsets,
                membership,
                timeoutMilliseconds: Self.callMilliseconds
            )
        }
        try again("committing") { () throws(KafkaError) in
            try producer.commit(timeoutMilliseconds: Self.callMilliseconds)
        }
        if let offset = producer.markedOffset { stateEnd = offset + 1 }
        if producer.endTransactionSends > 1 { try renew() }
    }

    private func write(
        _ transaction: Transaction,
        _ producer: TransactionalProducer
    ) throws(KafkaError) {
        try watch.call("beginning a transaction") { () throws(KafkaError) in
            try producer.begin()
        }
        try watch.call("producing", atMost: Self.callMilliseconds) { () throws(KafkaError) in
            try producer.produce(transaction.batch)
        }
    }

    /// - Returns: Whether nothing of the transaction was written, for certain.
    func abort() -> Bool {
        do throws(KafkaError) {
            try again("aborting") { () throws(KafkaError) in
                try producer?.abort(timeoutMilliseconds: Self.callMilliseconds)
            }
            return true
        } catch {
            return false
        }
    }

    /// EndTxn was sent twice: a late one could end the next transaction, so its epoch must end.
    ///
    /// The transaction itself has been committed. If the new producer can't be had, or the state doesn't
    /// end with what was committed, the shard is taken over anew and read back.
    private func renew() throws(KafkaError) {
        let readers = ReaderPair(site, watch)
        defer { readers.close() }
        let state = TopicPartition(site.name(Topic.state), Int32(duty.shard))
        do throws(KafkaError) {
            try fence()
            guard let stateEnd, try readers.isEnd(stateEnd, of: state) else {
                throw Self.overtaken
            }
        } catch {
            var failure = error
            failure.reaction = .restart
            throw failure
        }
    }

    private static let overtaken = KafkaError(
        code: -1,
        message: "the state goes on behind our last transaction",
        reaction: .restart,
        attempted: "beginning a new epoch"
    )

    /// Makes the same call again while it may be resumed.
    private func again(
        _ name: String,
        _ call: () throws(KafkaError) -> Void
    ) throws(KafkaError) {
        while true {
            do throws(KafkaError) {
                return try watch.call(name, atMost: Self.callMilliseconds, call)
            } catch {
                guard error.reaction == .retry, mayRepeat(error) else { throw error }
            }
        }
    }
}
