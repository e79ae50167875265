internal import Foundation
internal import KafkaTransport
package import OpinionFlow
package import OpinionMatching
package import OpinionWire

/// ``Transport`` over librdkafka.
///
/// The loop's thread owns the group consumer; each shard has a thread for its producer, and one thread
/// asks the questions that block. All post into one mailbox and wake the consumer.
package final class KafkaCluster: Transport {
    /// How long ending may wait for all threads that are in a blocking call.
    static let closeSeconds = 8.0
    /// How long closing the consumer may take after that: librdkafka can wait a minute for a topic that is gone.
    static let destroySeconds = 4.0

    private let site: KafkaSite
    private let post: Mailbox
    private var consumer: GroupConsumer?
    private let watches: HangWatchdog.Watches
    /// For the loop's own calls that systemd's watchdog no longer sees.
    private let watch: HangWatchdog.Watch
    private var crew = CommitterPool()
    private var shards = 0
    /// Bytes that a record may have in each topic, where that is known.
    private var bytesMax: [OutTopic: Int] = [:]
    private lazy var brokerQueries = BrokerQueries.thread(
        site,
        watches,
        post: post.callAsFunction
    )
    private lazy var topicMonitor = TopicMonitor.thread(
        site,
        watches,
        post: post.callAsFunction
    )
    private lazy var standby = Standby.thread(
        site,
        shards: shards,
        watches,
        post: post.callAsFunction
    )
    private var letters: ArraySlice<Mailbox.Letter> = []

    package init(_ site: KafkaSite, watches: HangWatchdog.Watches = HangWatchdog.Watches()) {
        self.site = site
        self.watches = watches
        watch = watches.add()
        post = Mailbox()
    }

    // MARK: Happenings

    package func next(waitMilliseconds: Int32, withRecords: Bool) -> TransportEvent? {
        if let letter = nextLetter(waitMilliseconds: 0) { return letter }
        guard withRecords, let consumer else {
            return nextLetter(waitMilliseconds: waitMilliseconds)
        }
        guard let polled = consumer.poll(timeoutMilliseconds: waitMilliseconds) else {
            return nextLetter(waitMilliseconds: 0)
        }
        return transportEvent(polled)
    }

    private func nextLetter(waitMilliseconds: Int32) -> TransportEvent? {
        if letters.isEmpty, waitMilliseconds > 0 || post.hasMail {
            letters = post.take(waitMilliseconds: waitMilliseconds)[...]
        }
        while let letter = letters.popFirst() {
            if letter.sender.map(crew.isWorking) ?? true { return note(letter.transportEvent) }
        }
        return nil
    }

    private func transportEvent(_ polled: Polled) -> TransportEvent? {
        switch polled {
        case .record(let record): .record(record)
        case .endOfPartition(let place, let offset): .endOfPartition(place, offset: offset)
        case .assigned(let places): note(assigned: places)
        case .revoked(let places, let isLost): .revoked(places, isLost: isLost)
        case .statistics: nil
        case .failure(let error): error.stop.map { .stop($0) } ?? .trouble(error.trouble, error)
        }
    }

    /// What others have got is read along.
    private func note(assigned places: [TopicPartition]) -> TransportEvent {
        let ours = Set(places.map { Int($0.partition) })
        standby.order(.read(Set(0..<shards).subtracting(ours)))
        return .assigned(places)
    }

    private func note(_ transportEvent: TransportEvent) -> TransportEvent {
        switch transportEvent {
        case .takenOver(let taken): crew.prove(taken.shard.number)
        case .verified(let facts):
            shards = facts.shards
            bytesMax = facts.bytesMax
            topicMonitor.order(.watch(facts))
            return join(transportEvent)
        default: break
        }
        return transportEvent
    }

    /// Joins the group as soon as the topics are known to be there.
    private func join(_ transportEvent: TransportEvent) -> TransportEvent {
        do throws(KafkaError) {
            let consumer = try GroupConsumer(
                settings: .groupConsumer(
                    group: site.group,
                    instance: site.instance,
                    user: site.properties
                ),
                topics: site.inputs,
                log: site.log
            )
            self.consumer = consumer
            post.waker.set(consumer.waker)
            return transportEvent
        } catch {
            return .stop(error.stop ?? Stop(.tryAgain, error.description))
        }
    }

    // MARK: Orders

    package func start() { brokerQueries.order(.begin) }

    package func fetch(_ positions: [(TopicPartition, Int64)]) {
        attempt { (consumer) throws(KafkaError) in try consumer.fetch(positions) }
    }

    package func unassign() {
        attempt { (consumer) throws(KafkaError) in try consumer.unassign() }
    }

    package func takeOver(_ shard: Int, by policy: Policy) {
        let committer = crew[shard] ?? startCommitter(for: shard)
        committer.order(.takeOver(policy))
    }

    private func startCommitter(for shard: Int) -> ShardCommitter {
        let duty = ShardContext(
            shard: shard,
            shards: shards,
            site: site,
            batchBytesMax: bytesMax.values.min(),
            isProven: crew.isProven(shard)
        )
        return crew.startCommitter(for: shard) { number, predecessor in
            ShardCommitter(
                duty,
                watches,
                after: predecessor,
                standby,
                post: { [post] in post.send($0, from: number) }
            )
        }
    }

    package func commit(_ transaction: Transaction) -> Bool {
        guard let consumer, let membership = consumer.groupMetadata(), membership.isMember,
            !consumer.isAssignmentLost, let committer = crew[transaction.shard]
        else { return false }
        committer.order(.commit(transaction, membership))
        return true
    }

    package func release(_ shard: Int, parked: ParkedShard?) {
        crew.release(shard, parking: parked)
    }

    package func askEnds(of partitions: [TopicPartition], at now: Moment) {
        brokerQueries.order(.ends(partitions, askedAt: now))
    }

    package func inspect(_ marks: [LogMark]) { topicMonitor.order(.inspect(marks)) }

    package func stop(_ end: TransportEnd) {
        watches.end(as: end.code, within: Self.closeSeconds + Self.destroySeconds)
        let latest = ProcessInfo.processInfo.systemUptime + Self.closeSeconds
        let left = { max(0, latest - ProcessInfo.processInfo.systemUptime) }
        crew.end(secondsLeft: left)
        // Whoever gets the shards finds them let go.
        if end == .leave {
            watch.call("leaving the group") { consumer?.leave(seconds: min(5, left())) }
        }
        brokerQueries.end(waitSeconds: left())
        topicMonitor.end(waitSeconds: left())
        standby.end(waitSeconds: left())
        watch.call("closing the consumer") { consumer?.close() }
    }

    private func attempt(_ call: (GroupConsumer) throws(KafkaError) -> Void) {
        guard let consumer else { return }
        do throws(KafkaError) {
            try call(consumer)
        } catch {
            post(error.stop.map { .stop($0) } ?? .trouble(.membership, error))
        }
    }
}

extension TransportEnd {
    fileprivate var code: ExitCode {
        switch self {
        case .stay, .leave: .stopped
        case .fail(let code): code
        }
    }
}
