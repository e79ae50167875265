internal import Foundation
internal import KafkaTransport
internal import OpinionFlow
internal import OpinionWire

/// What the thread of a shard works with.
///
/// Never leaves its thread.
final class CommitterSession {
    /// Waits between attempts, doubling.
    static let pauses: ClosedRange<Double> = 0.1...5

    private let duty: ShardContext
    private let watch: HangWatchdog.Watch
    private let standby: OrderThread<Standby.Order>
    /// Over when the shard has been given up: then nothing is begun and nothing is tried again.
    private let orders: OrderQueue<ShardCommitter.Order>
    private let post: @Sendable (TransportEvent) -> Void
    private lazy var producer = ShardProducer(duty, watch) { [unowned self] error in
        mayRepeat(after: error)
    }
    private var pause = CommitterSession.pauses.lowerBound
    /// Whether we once had all rights that the shard needs.
    private var isProven: Bool
    private var troubles: ReportedTroubles

    init(
        _ duty: ShardContext,
        _ watch: HangWatchdog.Watch,
        _ standby: OrderThread<Standby.Order>,
        _ orders: OrderQueue<ShardCommitter.Order>,
        post: @escaping @Sendable (TransportEvent) -> Void
    ) {
        self.duty = duty
        isProven = duty.isProven
        self.watch = watch
        self.standby = standby
        self.orders = orders
        self.post = post
        troubles = ReportedTroubles(of: duty.shard, post: post)
    }

    private var shard: Int { duty.shard }
    private var site: KafkaSite { duty.site }
    /// The next offset of the state behind our last commit; nil: not known.
    var stateEnd: Int64? { producer.stateEnd }

    func work() {
        orders.forEach { order in
            switch order {
            case .takeOver(let policy): takeOver(policy)
            case .commit(let transaction, let membership): commit(transaction, membership)
            }
        }
        producer.dismiss()
    }

    // MARK: Taking over

    private func takeOver(_ policy: Policy) {
        producer.stateEnd = nil
        let warm = standby.give(shard)
        let readers = ReaderPair(site, watch)
        defer { readers.close() }
        while !orders.isOver {
            do throws(Takeover.Failure) {
                try fence()
                let result = try takeover(policy, warm, readers).run()
                isProven = true
                producer.stateEnd = result.stateEnd
                recover()
                return post(.takenOver(result.taken))
            } catch {
                switch error {
                case .abandoned: return
                case .stop(let stop): return post(.stop(stop))
                case .kafka(let error):
                    if let stop = stop(for: error) { return post(.stop(stop)) }
                    troubles.tell(error.trouble(else: .takeover), error)
                    wait()
                }
            }
        }
    }

    private func fence() throws(Takeover.Failure) {
        do throws(KafkaError) { try producer.fence() } catch { throw .kafka(error) }
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
            isAbandoned: { [orders] in orders.isOver },
            progress: { [self] in post(.restoring(shard: shard, read: $0, of: $1)) }
        )
    }

    // MARK: Committing

    /// Commits, or aborts and hands the transaction back, to be sent again as it stands with the
    /// group membership of then.
    private func commit(_ transaction: Transaction, _ membership: GroupMembership) {
        guard producer.isReady else { return }
        do throws(KafkaError) {
            try producer.commit(transaction, membership)
            recover()
            post(.committed(shard: shard))
        } catch {
            switch error.reaction {
            case .fenced: post(.lost(shard: shard, error, by: newestWriter()))
            case .restart, .dataLoss: post(.lost(shard: shard, error))
            case .badSettings: post(.stop(Stop(.badSettings, error.description)))
            case .abort, .retry, .unauthorised: abort(error)
            }
        }
    }

    private func abort(_ error: KafkaError) {
        troubles.tell(error.trouble(else: .commits), error)
        guard producer.abort() else { return post(.lost(shard: shard, error)) }
        wait()
        let topic = error.subject == .recordSize ? error.topic : nil
        post(.aborted(shard: shard, refusedBy: topic))
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

    // MARK: Trouble

    private func recover() {
        pause = Self.pauses.lowerBound
        troubles.settle()
    }

    /// Waits before the next attempt; the end ends the wait.
    private func wait() {
        _ = orders.next(waitMilliseconds: Int32(pause * 1_000))
        pause = min(pause * 2, Self.pauses.upperBound)
    }

    /// Waits a moment before a call is resumed; false: the shard has been given up.
    private func mayRepeat(after error: KafkaError) -> Bool {
        guard !orders.isOver else { return false }
        troubles.tell(.commits, error)
        Thread.sleep(forTimeInterval: Self.pauses.lowerBound)
        return true
    }
}
