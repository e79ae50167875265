internal import KafkaTransport
internal import OpinionMatching
internal import OpinionWire

/// What the query thread works with.
///
/// Never leaves it.
final class BrokerQueryHandler {
    /// Between two looks for brokers that don't answer.
    static let pauseMilliseconds: Int32 = 1_000

    private let site: KafkaSite
    private let post: @Sendable (TransportEvent) -> Void
    private let watch: HangWatchdog.Watch
    private var readers: ReaderPair
    private var isClosing = false
    private var troubles: ReportedTroubles
    private var topics: TopicWatch

    init(
        _ site: KafkaSite,
        _ watch: HangWatchdog.Watch,
        post: @escaping @Sendable (TransportEvent) -> Void
    ) {
        self.site = site
        self.watch = watch
        self.post = post
        troubles = ReportedTroubles(post: post)
        readers = ReaderPair(site, watch, .tailing)
        topics = TopicWatch(site)
    }

    func work(_ orders: MessageQueue<BrokerQueries.Order>) {
        while !isClosing {
            for order in orders.take(waitMilliseconds: 60_000) where !isClosing {
                switch order {
                case .begin: begin(orders)
                case .ends(let partitions, let askedAt): answer(partitions, askedAt)
                case .close: isClosing = true
                }
            }
        }
        readers.close()
    }

    // MARK: Beginning

    private func begin(_ orders: MessageQueue<BrokerQueries.Order>) {
        while !isClosing {
            do throws(StartCheck.Failure) {
                let ground = try StartCheck(site, watch).run()
                troubles.settle()
                post(.verified(ground))
                return readRoster(ground.rosterPartitions, orders)
            } catch {
                if let stop = note(error) { return post(.stop(stop)) }
                pause(orders)
            }
        }
    }

    /// - Returns: Why the daemon must end; nil: it is tried again.
    private func note(_ failure: StartCheck.Failure) -> Stop? {
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

    private func readRoster(_ partitions: Int, _ orders: MessageQueue<BrokerQueries.Order>) {
        while !isClosing {
            do throws(KafkaError) {
                let loader = RosterLoader(site: site, watch: watch, partitions: partitions)
                try loader.run { [self] in post(.roster($0, next: $1, isWhole: $2)) }
                return troubles.settle()
            } catch {
                if let stop = error.stop { return post(.stop(stop)) }
                troubles.tell(error.trouble, error)
                pause(orders)
            }
        }
    }

    /// Waits before the next look; who asks for ends meanwhile hears that there is no answer, and may
    /// ask again.
    private func pause(_ orders: MessageQueue<BrokerQueries.Order>) {
        for letter in orders.take(waitMilliseconds: Self.pauseMilliseconds) {
            switch letter {
            case .begin: break
            case .ends(_, let askedAt): post(.ends([:], askedAt: askedAt))
            case .close: isClosing = true
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
