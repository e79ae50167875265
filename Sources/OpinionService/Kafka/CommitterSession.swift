internal import Foundation
internal import KafkaTransport
internal import OpinionFlow
internal import OpinionWire

/// A shard and where it is.
struct ShardDuty: Sendable {
    let shard: Int
    let shards: Int
    let site: KafkaSite
    /// Bytes that all topics take in one batch; nil: not known.
    let batchBytesMax: Int?
    /// Whether this process has had it before.
    let isProven: Bool
}

/// What the thread of a shard works with.
///
/// Never leaves its thread.
final class CommitterSession {
    /// Waits between attempts, doubling.
    static let pauses: ClosedRange<Double> = 0.1...5
    /// How long one blocking call may take before it is looked at again.
    static let callMilliseconds: Int32 = 15_000

    private let duty: ShardDuty
    private let watch: HangWatchdog.Watch
    private let standby: Standby
    /// Whether the shard has been given up: then nothing is begun and nothing is tried again.
    private let isLeaving: () -> Bool
    private let post: @Sendable (TransportEvent) -> Void
    /// The next offset of the state behind our last commit; nil: not known.
    private(set) var stateEnd: Int64?
    private var producer: TransactionalProducer?
    private var pause = CommitterSession.pauses.lowerBound
    private var isClosing = false
    /// Whether we once had all rights that the shard needs.
    private var isProven: Bool
    private var troubles: ReportedTroubles

    init(
        _ duty: ShardDuty,
        _ watch: HangWatchdog.Watch,
        _ standby: Standby,
        isLeaving: @escaping () -> Bool,
        post: @escaping @Sendable (TransportEvent) -> Void
    ) {
        self.duty = duty
        isProven = duty.isProven
        self.watch = watch
        self.standby = standby
        self.isLeaving = isLeaving
        self.post = post
        troubles = ReportedTroubles(of: duty.shard, post: post)
    }

    private var shard: Int { duty.shard }
    private var site: KafkaSite { duty.site }
    private var isOver: Bool { isClosing || isLeaving() }

    func work(_ orders: MessageQueue<ShardCommitter.Order>) {
        while !isOver {
            for order in orders.take(waitMilliseconds: 60_000) where !isOver {
                switch order {
                case .takeOver(let policy): takeOver(policy, orders)
                case .commit(let transaction, let membership):
                    commit(transaction, membership, orders)
                case .close: isClosing = true
                }
            }
        }
        dismiss(producer)
    }

    // MARK: Taking over

    private func takeOver(_ policy: Policy, _ orders: MessageQueue<ShardCommitter.Order>) {
        stateEnd = nil
        let warm = standby.give(shard)
        let readers = ReaderPair(site, watch)
        defer { readers.close() }
        while !isOver {
            do throws(Takeover.Failure) {
                try fenceOthers()
                let result = try takeover(policy, warm, readers).run()
                isProven = true
                stateEnd = result.stateEnd
                recover()
                return post(.takenOver(result.taken))
            } catch {
                switch error {
                case .abandoned: return
                case .stop(let stop): return post(.stop(stop))
                case .kafka(let error):
                    if let stop = stop(for: error) { return post(.stop(stop)) }
                    troubles.tell(error.trouble(else: .takeover), error)
                    wait(orders)
                }
            }
        }
    }

    /// Missing rights end a start; rights that were taken away later may come back.
    private func stop(for error: KafkaError) -> Stop? {
        switch error.reaction {
        case .badSettings: Stop(.badSettings, error.description)
        case .unauthorised where !isProven: Stop(.unauthorised, site.missingRight(error, shard))
        default: nil
        }
    }

    private func takeover(
        _ policy: Policy,
        _ warm: WarmShard?,
        _ readers: ReaderPair
    ) -> Takeover {
        Takeover(
            site: site,
            shard: shard,
            shards: duty.shards,
            policy: policy,
            warm: warm,
            readers: readers,
            isAbandoned: isLeaving,
            progress: { [self] in post(.restoring(shard: shard, read: $0, of: $1)) }
        )
    }

    private func fenceOthers() throws(Takeover.Failure) {
        do throws(KafkaError) { try fence() } catch { throw .kafka(error) }
    }

    /// A new producer under the shard's id: whoever had it is shut out, what it left open is aborted.
    private func fence() throws(KafkaError) {
        dismiss(producer)
        producer = nil
        let producer = try watch.call("creating a producer") { () throws(KafkaError) in
            try site.producer(of: shard, batchBytesMax: duty.batchBytesMax)
        }
        do throws(KafkaError) {
            try prepare(producer)
            producer.mark(OutTopic.state.rawValue)
        } catch {
            dismiss(producer)
            throw error
        }
        self.producer = producer
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

    /// Destroys a producer under watch: that waits for librdkafka's threads.
    private func dismiss(_ producer: TransactionalProducer?) {
        watch.call("closing a producer") { producer?.close() }
    }

    // MARK: Committing

    /// Commits, or aborts and hands the transaction back, to be sent again as it stands with the
    /// group membership of then.
    private func commit(
        _ transaction: Transaction,
        _ membership: GroupMembership,
        _ orders: MessageQueue<ShardCommitter.Order>
    ) {
        guard let producer else { return }
        do throws(KafkaError) {
            try attempt(transaction, membership, producer)
            recover()
            post(.committed(shard: shard))
        } catch {
            switch error.reaction {
            case .fenced: post(.lost(shard: shard, error, by: newestWriter()))
            case .restart, .dataLoss: post(.lost(shard: shard, error))
            case .badSettings: post(.stop(Stop(.badSettings, error.description)))
            case .abort, .retry, .unauthorised:
                troubles.tell(error.trouble(else: .commits), error)
                guard abort() else { return post(.lost(shard: shard, error)) }
                wait(orders)
                let topic = error.subject == .recordSize ? error.topic : nil
                post(.aborted(shard: shard, refusedBy: topic))
            }
        }
    }

    /// Who wrote the shard's state last; nil: nobody has, or it can't be had in time.
    private func newestWriter() -> String? {
        let readers = ReaderPair(site, watch)
        defer { readers.close() }
        guard let reader = try? readers.reader(.readCommitted),
            let survey = try? MetaReader(site: site, reader: reader).run([shard])
        else { return nil }
        return survey.metas[shard]?.writer
    }

    private func attempt(
        _ transaction: Transaction,
        _ membership: GroupMembership,
        _ producer: TransactionalProducer
    ) throws(KafkaError) {
        try watch.call("beginning a transaction") { () throws(KafkaError) in
            try producer.begin()
        }
        try watch.call("producing", atMost: Self.callMilliseconds) { () throws(KafkaError) in
            try producer.produce(transaction.batch)
        }
        let offsets = zip(site.inputs, [transaction.requests, transaction.responses])
            .map { (TopicPartition($0, Int32(shard)), $1) }
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

    /// EndTxn was sent twice: a late one could end the next transaction, so its epoch must end.
    ///
    /// The transaction itself has been committed. If the new producer can't be had, or the state doesn't
    /// end with what was committed, the shard is taken over anew and read back.
    private func renew() throws(KafkaError) {
        let readers = ReaderPair(site, watch)
        defer { readers.close() }
        let state = TopicPartition(site.name(Topic.state), Int32(shard))
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

    /// Makes the same call again while it may be resumed, and says so.
    private func again(
        _ name: String,
        _ call: () throws(KafkaError) -> Void
    ) throws(KafkaError) {
        while true {
            do throws(KafkaError) {
                return try watch.call(name, atMost: Self.callMilliseconds, call)
            } catch {
                guard error.reaction == .retry, !isOver else { throw error }
                troubles.tell(.commits, error)
                Thread.sleep(forTimeInterval: Self.pauses.lowerBound)
            }
        }
    }

    private func abort() -> Bool {
        do throws(KafkaError) {
            try again("aborting") { () throws(KafkaError) in
                try producer?.abort(timeoutMilliseconds: Self.callMilliseconds)
            }
            return true
        } catch {
            return false
        }
    }

    // MARK: Trouble

    private func recover() {
        pause = Self.pauses.lowerBound
        troubles.settle()
    }

    /// Waits before the next attempt; an order to close ends the wait.
    private func wait(_ orders: MessageQueue<ShardCommitter.Order>) {
        let letters = orders.take(waitMilliseconds: Int32(pause * 1_000))
        pause = min(pause * 2, Self.pauses.upperBound)
        for letter in letters {
            if case .close = letter { isClosing = true }
        }
    }
}
