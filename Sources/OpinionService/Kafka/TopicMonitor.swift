internal import KafkaTransport
internal import OpinionWire

/// The thread that looks now and then whether topics and group are still those that the start was built on.
///
/// Its questions may take seconds, and the answers of broker queries must not wait for them: timers do.
final class TopicMonitor: Sendable {
    enum Order: Sendable {
        case watch(StartFacts)
        case inspect([LogMark])
        case close
    }

    private let thread: OrderThread<Order>

    init(
        _ site: KafkaSite,
        _ watches: HangWatchdog.Watches,
        post: @escaping @Sendable (TransportEvent) -> Void
    ) {
        thread = OrderThread(.topicMonitor, last: .close, watches) { orders, watch in
            TopicMonitorHandler(site, watch, post: post).work(orders)
        }
    }

    func order(_ order: Order) { thread.order(order) }

    func close(waitSeconds: Double) { thread.close(waitSeconds: waitSeconds) }
}

/// What the monitor's thread works with.
///
/// Never leaves it.
private final class TopicMonitorHandler {
    /// Between two looks while all is well, and while something is wrong, in milliseconds.
    static let pauses: (well: Int32, unwell: Int32) = (10_000, 3_000)
    /// How long one question may take.
    static let questionMilliseconds: Int32 = 3_000

    private let site: KafkaSite
    private let post: @Sendable (TransportEvent) -> Void
    private let readers: ReaderPair
    private var topics: TopicWatch
    private var troubles: ReportedTroubles
    private var isWatching = false
    private var isClosing = false
    private var lookedAt = -Double.infinity
    /// Reads single records, and is done at once.
    private let inspecting: ReaderPair

    init(
        _ site: KafkaSite,
        _ watch: HangWatchdog.Watch,
        post: @escaping @Sendable (TransportEvent) -> Void
    ) {
        self.site = site
        self.post = post
        troubles = ReportedTroubles(post: post)
        readers = ReaderPair(site, watch, .tailing)
        inspecting = ReaderPair(site, watch)
        topics = TopicWatch(site)
    }

    func work(_ orders: MessageQueue<TopicMonitor.Order>) {
        defer {
            readers.close()
            inspecting.close()
        }
        while !isClosing {
            let pause = troubles.isEmpty ? Self.pauses.well : Self.pauses.unwell
            for order in orders.take(waitMilliseconds: pause) { follow(order) }
            guard isWatching, !isClosing, HangWatchdog.now - lookedAt >= Double(pause) / 1_000
            else {
                continue
            }
            lookedAt = HangWatchdog.now
            lookAtTopics()
            lookAtGroup()
        }
    }

    private func follow(_ order: TopicMonitor.Order) {
        switch order {
        case .watch(let ground):
            topics.begin(with: ground)
            isWatching = true
        case .inspect(let marks): inspect(marks)
        case .close: isClosing = true
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
