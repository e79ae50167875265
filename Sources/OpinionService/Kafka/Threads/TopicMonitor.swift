internal import KafkaTransport
internal import OpinionWire

/// Looks now and then whether topics and group are still those that the start was built on.
///
/// Its questions may take seconds, and the answers of broker queries must not wait for them, since timers do: it has a
/// thread of its own.
final class TopicMonitor {
    enum Order: Sendable {
        case watch(StartFacts)
        case inspect([LogMark])
    }

    /// Between two looks while all is well, and while something is wrong, in milliseconds.
    static let pauses: (well: Int32, unwell: Int32) = (10_000, 3_000)
    /// How long one question may take.
    static let questionMilliseconds: Int32 = 3_000

    private let site: KafkaSite
    private let orders: OrderQueue<Order>
    private let post: @Sendable (TransportEvent) -> Void
    private let readers: ReaderPair
    private var topics: TopicWatch
    private var troubles: ReportedTroubles
    /// When topics and group were last looked at; nil: the start has not looked at them yet.
    private var lookedAt: Double?
    /// Reads single records, and is done at once.
    private let inspecting: ReaderPair

    init(
        _ site: KafkaSite,
        _ watch: HangWatchdog.Watch,
        _ orders: OrderQueue<Order>,
        post: @escaping @Sendable (TransportEvent) -> Void
    ) {
        self.site = site
        self.orders = orders
        self.post = post
        troubles = ReportedTroubles(post: post)
        readers = ReaderPair(site, watch, .tailing)
        inspecting = ReaderPair(site, watch)
        topics = TopicWatch(site)
    }

    static func thread(
        _ site: KafkaSite,
        _ watches: HangWatchdog.Watches,
        post: @escaping @Sendable (TransportEvent) -> Void
    ) -> OrderThread<Order> {
        OrderThread(.topicMonitor, watches) { orders, watch in
            TopicMonitor(site, watch, orders, post: post).work()
        }
    }

    private func work() {
        defer {
            readers.close()
            inspecting.close()
        }
        while !orders.isOver {
            let pause = troubles.isEmpty ? Self.pauses.well : Self.pauses.unwell
            for order in orders.next(waitMilliseconds: pause) where !orders.isOver { follow(order) }
            guard let lookedAt, !orders.isOver,
                HangWatchdog.now - lookedAt >= Double(pause) / 1_000
            else { continue }
            self.lookedAt = HangWatchdog.now
            lookAtTopics()
            lookAtGroup()
        }
    }

    private func follow(_ order: Order) {
        switch order {
        case .watch(let facts):
            topics.begin(with: facts)
            lookedAt = lookedAt ?? -.infinity
        case .inspect(let marks): inspect(marks)
        }
    }

    /// Always answered: with nothing where the brokers can't be asked, and the anchors stay what they are.
    private func inspect(_ marks: [LogMark]) {
        do throws(KafkaError) {
            let reader = try inspecting.reader(.readUncommitted)
            post(.inspected(try LogInspection(reader: reader).run(marks)))
        } catch {
            inspecting.close()
            post(.inspected([]))
        }
    }

    private func lookAtTopics() {
        guard
            let shapes = try? readers.reader(.readCommitted)
                .shapes(of: site.topics, timeoutMilliseconds: Self.questionMilliseconds)
        else { return }
        switch topics.look(shapes.mapValues(\.partitions), at: HangWatchdog.now) {
        case .fine:
            troubles.settle([.topicsMissing, .topicsChanged])
            // The consumer tells of these as well, and not when they are over.
            for trouble in [Trouble.topicsMissing, .leader] { post(.recovered(trouble)) }
        case .back:
            troubles.settle([.topicsMissing, .topicsChanged])
            post(.topicsAreBack)
        case .missing(let missing): troubles.tell(.topicsMissing, TopicWatch.error(missing))
        case .changed(let error):
            troubles.settle([.topicsMissing])
            troubles.tell(.topicsChanged, error)
        case .stop(let stop): post(.stop(stop))
        }
    }

    private func lookAtGroup() {
        do throws(KafkaError) {
            let reader = try readers.reader(.readCommitted)
            let place = TopicPartition(site.inputs[0], 0)
            _ = try reader.committed([place], timeoutMilliseconds: Self.questionMilliseconds)
            troubles.settle([.coordinator])
            lookForStrangers(reader)
        } catch {
            // The group's offsets live with its coordinator; brokers that are away are told of elsewhere.
            readers.close()
            guard error.reaction != .unauthorised, error.subject != .topics else { return }
            troubles.tell(.coordinator, error)
        }
    }

    private func lookForStrangers(_ reader: WatchedReader) {
        guard
            let members = try? reader.members(
                of: site.group,
                timeoutMilliseconds: Self.questionMilliseconds
            )
        else { return }
        guard let strangers = GroupWatch.strangers(among: members, site) else {
            return troubles.settle([.foreignMember])
        }
        troubles.tell(.foreignMember, strangers)
    }
}
