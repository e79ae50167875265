internal import Foundation
internal import KafkaTransport
internal import OpinionWire

/// The thread of one shard: owns its transactional producer and does nothing but the blocking calls.
///
/// ```
///   takeOver ─► init_transactions ─► restore ─► takenOver
///   commit   ─► begin, produce, send offsets, commit ─► committed
///                                        abortable ─► abort, wait ─► aborted
///                                        fenced, unknown ─► lost
/// ```
final class ShardWorker: Sendable {
    enum Order: Sendable {
        case takeOver
        case commit(Transaction, GroupMembership)
        case close
    }

    let shard: Int
    let deadline = Deadline.Watch()
    private let orders = Mailbox<Order>()
    private let finished = DispatchSemaphore(value: 0)

    init(shard: Int, shards: Int, site: KafkaSite, post: @escaping @Sendable (Happening) -> Void) {
        self.shard = shard
        let thread = Thread { [self] in
            ThreadName.shard(shard).take()
            ShardBench(shard: shard, shards: shards, site: site, watch: deadline, post: post)
                .work(orders)
            finished.signal()
        }
        thread.stackSize = 1 << 20
        thread.start()
    }

    func order(_ order: Order) { orders.post(order) }

    /// Ends the thread; waits at most that long for a call that blocks.
    func close(waitSeconds: Double) {
        orders.post(.close)
        _ = finished.wait(timeout: .now() + waitSeconds)
    }
}

/// What the thread of a shard works with.
///
/// Never leaves its thread.
private final class ShardBench {
    /// Waits between attempts, doubling.
    static let pauses: ClosedRange<Double> = 0.1...5
    /// How long one blocking call may take before it is looked at again.
    static let callMilliseconds: Int32 = 15_000

    private let shard: Int
    private let shards: Int
    private let site: KafkaSite
    private let watch: Deadline.Watch
    private let post: @Sendable (Happening) -> Void
    private var producer: TransactionalProducer?
    private var pause = ShardBench.pauses.lowerBound
    private var isClosing = false
    private var troubles: Set<Trouble> = []

    init(
        shard: Int,
        shards: Int,
        site: KafkaSite,
        watch: Deadline.Watch,
        post: @escaping @Sendable (Happening) -> Void
    ) {
        self.shard = shard
        self.shards = shards
        self.site = site
        self.watch = watch
        self.post = post
    }

    func work(_ orders: Mailbox<ShardWorker.Order>) {
        while !isClosing {
            for order in orders.take(waitMilliseconds: 60_000) where !isClosing {
                switch order {
                case .takeOver: takeOver(orders)
                case .commit(let transaction, let membership):
                    commit(transaction, membership, orders)
                case .close: isClosing = true
                }
            }
        }
        producer?.close()
    }

    // MARK: Taking over

    private func takeOver(_ orders: Mailbox<ShardWorker.Order>) {
        while !isClosing {
            do throws(Takeover.Failure) {
                try fence()
                let takeover = Takeover(site: site, shard: shard, shards: shards) { [self] in
                    post(.restoring(shard: shard, read: $0, of: $1))
                }
                let result = try takeover.run()
                recover()
                return post(.takenOver(result))
            } catch {
                switch error {
                case .stop(let stop): return post(.stop(stop))
                case .kafka(let error):
                    if error.reaction == .badSettings {
                        return post(.stop(Stop(.badSettings, error.description)))
                    }
                    report(error, .takeover)
                    wait(orders)
                }
            }
        }
    }

    /// A new producer under the shard's id: whoever had it is shut out, what it left open is aborted.
    private func fence() throws(Takeover.Failure) {
        producer?.close()
        producer = nil
        do throws(KafkaError) {
            let producer = try site.producer(of: shard)
            try producer.initTransactions(timeoutMilliseconds: Self.callMilliseconds)
            try producer.warmUp(timeoutMilliseconds: Self.callMilliseconds)
            self.producer = producer
        } catch {
            throw .kafka(error)
        }
    }

    // MARK: Committing

    /// Commits, or aborts and hands the transaction back, to be sent again as it stands with the
    /// group membership of then.
    private func commit(
        _ transaction: Transaction,
        _ membership: GroupMembership,
        _ orders: Mailbox<ShardWorker.Order>
    ) {
        guard let producer else { return }
        do throws(KafkaError) {
            try attempt(transaction, membership, producer)
            recover()
            post(.committed(shard: shard))
        } catch {
            switch error.reaction {
            case .fenced, .restart, .dataLoss: post(.lost(shard: shard, error))
            case .badSettings: post(.stop(Stop(.badSettings, error.description)))
            case .abort, .retry, .unauthorised:
                report(error, error.reaction == .unauthorised ? .rights : .commits)
                guard abort() else { return post(.lost(shard: shard, error)) }
                wait(orders)
                post(.aborted(shard: shard))
            }
        }
    }

    private func attempt(
        _ transaction: Transaction,
        _ membership: GroupMembership,
        _ producer: TransactionalProducer
    ) throws(KafkaError) {
        try watched { () throws(KafkaError) in try producer.begin() }
        try watched { () throws(KafkaError) in try producer.produce(transaction.batch) }
        let offsets = zip(site.inputs, [transaction.requests, transaction.responses])
            .map { (TopicPartition($0, Int32(shard)), $1) }
        try again { () throws(KafkaError) in
            try producer.sendOffsets(
                offsets,
                membership,
                timeoutMilliseconds: Self.callMilliseconds
            )
        }
        try again { () throws(KafkaError) in
            try producer.commit(timeoutMilliseconds: Self.callMilliseconds)
        }
        if producer.endTransactionSends > 1 { try renew() }
    }

    /// EndTxn was sent twice: a late one could end the next transaction, so its epoch must end.
    ///
    /// The transaction itself has been committed. If the new producer can't be had, the shard is
    /// taken over anew and finds it committed.
    private func renew() throws(KafkaError) {
        do throws(Takeover.Failure) {
            try fence()
        } catch {
            guard case .kafka(var failure) = error else { return }
            failure.reaction = .restart
            throw failure
        }
    }

    /// Makes the same call again while it may be resumed, and says so.
    private func again(_ call: () throws(KafkaError) -> Void) throws(KafkaError) {
        while true {
            do throws(KafkaError) {
                try watched(call)
                return
            } catch {
                guard error.reaction == .retry, !isClosing else { throw error }
                report(error, .commits)
                Thread.sleep(forTimeInterval: Self.pauses.lowerBound)
            }
        }
    }

    private func abort() -> Bool {
        do throws(KafkaError) {
            try again { () throws(KafkaError) in
                try producer?.abort(timeoutMilliseconds: Self.callMilliseconds)
            }
            return true
        } catch {
            return false
        }
    }

    private func watched(_ call: () throws(KafkaError) -> Void) throws(KafkaError) {
        watch.arm()
        defer { watch.disarm() }
        try call()
    }

    // MARK: Trouble

    private func report(_ error: KafkaError, _ kind: Trouble) {
        troubles.insert(kind)
        post(.trouble(kind, error))
    }

    private func recover() {
        pause = Self.pauses.lowerBound
        for trouble in troubles { post(.recovered(trouble)) }
        troubles.removeAll()
    }

    /// Waits before the next attempt; an order to close ends the wait.
    private func wait(_ orders: Mailbox<ShardWorker.Order>) {
        let letters = orders.take(waitMilliseconds: Int32(pause * 1_000))
        pause = min(pause * 2, Self.pauses.upperBound)
        for letter in letters {
            if case .close = letter { isClosing = true }
        }
    }
}
