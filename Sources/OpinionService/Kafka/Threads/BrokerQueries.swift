internal import KafkaTransport
internal import OpinionMatching
internal import OpinionWire

/// Asks the brokers questions: are the topics there, what is the roster, where do the inputs end.
///
/// Asking blocks, and the loop must not: it has a thread of its own.
final class BrokerQueries {
    enum Order: Sendable {
        case begin
        case ends([TopicPartition], askedAt: Moment)
    }

    /// Between two looks for brokers that don't answer.
    static let pauseMilliseconds: Int32 = 1_000

    private let site: KafkaSite
    private let post: @Sendable (TransportEvent) -> Void
    private let watch: HangWatchdog.Watch
    private let orders: OrderQueue<Order>
    private var readers: ReaderPair
    private var troubles: ReportedTroubles
    private var topics: TopicWatch

    init(
        _ site: KafkaSite,
        _ watch: HangWatchdog.Watch,
        _ orders: OrderQueue<Order>,
        post: @escaping @Sendable (TransportEvent) -> Void
    ) {
        self.site = site
        self.orders = orders
        self.watch = watch
        self.post = post
        troubles = ReportedTroubles(post: post)
        readers = ReaderPair(site, watch, .tailing)
        topics = TopicWatch(site)
    }

    static func thread(
        _ site: KafkaSite,
        _ watches: HangWatchdog.Watches,
        post: @escaping @Sendable (TransportEvent) -> Void
    ) -> OrderThread<Order> {
        OrderThread(.brokerQueries, watches) { orders, watch in
            BrokerQueries(site, watch, orders, post: post).work()
        }
    }

    private func work() {
        orders.forEach { order in
            switch order {
            case .begin: begin()
            case .ends(let partitions, let askedAt): answer(partitions, askedAt)
            }
        }
        readers.close()
    }

    // MARK: Beginning

    private func begin() {
        while !orders.isOver {
            do throws(StartCheck.Failure) {
                let facts = try StartCheck(site, watch).run()
                troubles.settle()
                post(.verified(facts))
                return readRoster(facts.rosterPartitions)
            } catch {
                if let stop = stop(for: error) { return post(.stop(stop)) }
                pause()
            }
        }
    }

    /// - Returns: Why the daemon must end; nil: it is tried again.
    private func stop(for failure: StartCheck.Failure) -> Stop? {
        switch failure {
        case .stop(let stop): return stop
        case .missing(let missing):
            troubles.tell(.topicsMissing, TopicWatch.error(missing))
            return topics.stop(missing, at: HangWatchdog.now)
        case .kafka(let error):
            if let stop = error.stop { return stop }
            troubles.tell(error.trouble, error)
            return nil
        }
    }

    private func readRoster(_ partitions: Int) {
        while !orders.isOver {
            do throws(KafkaError) {
                let loader = RosterLoader(site: site, watch: watch, partitions: partitions)
                try loader.run { [self] in post(.roster($0, next: $1, isWhole: $2)) }
                return troubles.settle()
            } catch {
                if let stop = error.stop { return post(.stop(stop)) }
                troubles.tell(error.trouble, error)
                pause()
            }
        }
    }

    /// Waits before the next look; who asks for ends meanwhile hears that there is no answer, and may
    /// ask again.
    private func pause() {
        for order in orders.next(waitMilliseconds: Self.pauseMilliseconds) {
            switch order {
            case .begin: break
            case .ends(_, let askedAt): post(.ends([:], askedAt: askedAt))
            }
        }
    }

    // MARK: Ends

    private func answer(_ partitions: [TopicPartition], _ askedAt: Moment) {
        do throws(KafkaError) {
            let ends = try ends(of: partitions)
            troubles.settle([.rights, .leader])
            post(.ends(ends, askedAt: askedAt))
        } catch {
            readers.close()
            // What is missing, and for how long, the topic monitor tells.
            if error.subject != .topics { troubles.tell(error.trouble, error) }
            post(.ends([:], askedAt: askedAt))
        }
    }

    /// The stable ends first: an input grows in between, and must not look as if it had an open transaction.
    private func ends(
        of partitions: [TopicPartition]
    ) throws(KafkaError) -> [TopicPartition: InputEnd] {
        let limit = Takeover.questionMilliseconds
        let highs = try readers.reader(.readUncommitted)
            .ends(of: partitions, timeoutMilliseconds: limit)
        let stables = try readers.reader(.readCommitted)
            .ends(of: partitions, timeoutMilliseconds: limit)
        return highs.reduce(into: [:]) { ends, high in
            let stable = stables[high.key] ?? high.value
            ends[high.key] = InputEnd(stable: min(stable, high.value), high: high.value)
        }
    }
}
