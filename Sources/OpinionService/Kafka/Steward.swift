internal import Foundation
package import KafkaTransport
internal import OpinionMatching
internal import OpinionWire

/// The thread that asks the brokers questions: are the topics there, what is the roster, where do
/// the inputs end.
///
/// Asking blocks, and the loop must not.
final class Steward: Sendable {
    enum Order: Sendable {
        case begin
        case ends([TopicPartition], askedAt: Moment)
        case close
    }

    private let orders = Mailbox<Order>()
    private let finished = DispatchSemaphore(value: 0)

    init(
        _ site: KafkaSite,
        _ watches: Deadline.Watches,
        post: @escaping @Sendable (Happening) -> Void
    ) {
        let thread = Thread { [self] in
            ThreadName.steward.take()
            let watch = watches.add()
            StewardDesk(site, watch, post: post).work(orders)
            watches.remove(watch)
            finished.signal()
        }
        thread.stackSize = 1 << 20
        thread.start()
    }

    func order(_ order: Order) { orders.post(order) }

    func close(waitSeconds: Double) {
        orders.post(.close)
        _ = finished.wait(timeout: .now() + waitSeconds)
    }
}

/// What the steward's thread works with.
///
/// Never leaves it.
private final class StewardDesk {
    /// Between two looks for brokers that don't answer.
    static let pauseMilliseconds: Int32 = 1_000

    private let site: KafkaSite
    private let post: @Sendable (Happening) -> Void
    private let watch: Deadline.Watch
    private var reader: WatchedReader?
    private var isClosing = false
    private var lacksRights = false

    init(
        _ site: KafkaSite,
        _ watch: Deadline.Watch,
        post: @escaping @Sendable (Happening) -> Void
    ) {
        self.site = site
        self.watch = watch
        self.post = post
    }

    func work(_ orders: Mailbox<Steward.Order>) {
        while !isClosing {
            for order in orders.take(waitMilliseconds: 60_000) where !isClosing {
                switch order {
                case .begin: begin(orders)
                case .ends(let partitions, let askedAt): answer(partitions, askedAt)
                case .close: isClosing = true
                }
            }
        }
        reader?.close()
    }

    // MARK: Beginning

    private func begin(_ orders: Mailbox<Steward.Order>) {
        var counts: TopicCheck.Counts?
        while !isClosing {
            do throws(KafkaError) {
                if counts == nil {
                    switch try TopicCheck.run(site, watch) {
                    case .failure(let stop): return post(.stop(stop))
                    case .success(let found): counts = found
                    }
                    guard let counts else { return }
                    post(
                        .verified(
                            shards: counts.shards,
                            rosterPartitions: counts.rosterPartitions
                        )
                    )
                }
                let loader = RosterLoader(
                    site: site,
                    watch: watch,
                    partitions: counts?.rosterPartitions ?? 0
                )
                return try loader.run { [self] in post(.roster($0, next: $1, isWhole: $2)) }
            } catch {
                if let stop = error.stop { return post(.stop(stop)) }
                report(error)
                pause(orders)
            }
        }
    }

    /// Waits before the next look; who asks for ends meanwhile hears that there is no answer, and may
    /// ask again.
    private func pause(_ orders: Mailbox<Steward.Order>) {
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
            let ends = try openReader().ends(
                of: partitions,
                timeoutMilliseconds: Takeover.questionMilliseconds
            )
            if lacksRights { post(.recovered(.rights)) }
            lacksRights = false
            post(.ends(ends, askedAt: askedAt))
        } catch {
            reader?.close()
            reader = nil
            report(error)
            post(.ends([:], askedAt: askedAt))
        }
    }

    private func openReader() throws(KafkaError) -> WatchedReader {
        if let reader { return reader }
        let new = try WatchedReader(site, .readCommitted, watch)
        reader = new
        return new
    }

    /// While the daemon works nothing here ends it: a broker that has just started may not know its
    /// topics or access lists yet.
    private func report(_ error: KafkaError) {
        lacksRights = error.reaction == .unauthorised
        post(.trouble(lacksRights ? .rights : .broker, error))
    }
}

extension KafkaError {
    /// Whether the daemon must stop for it, and how; nil: it is tried again.
    package var stop: Stop? {
        switch reaction {
        case .badSettings: Stop(.badSettings, description)
        case .unauthorised: Stop(.unauthorised, description)
        case .fenced: Stop(.fenced, "another instance has our name or shards: \(description)")
        case .restart: Stop(.tryAgain, description)
        case .dataLoss: Stop(.stateMismatch, "unread records are gone: \(description)")
        case .retry, .abort: nil
        }
    }
}
