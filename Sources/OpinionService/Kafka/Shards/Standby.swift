internal import Foundation
internal import KafkaTransport
internal import OpinionFlow
internal import OpinionWire
internal import Synchronization

/// Reads the state of shards that are not ours, so that taking one over means reading its tail only.
///
/// It costs the memory of all shards in each instance, and nothing is ever decided on it: a take-over
/// holds what it gets against the topic, and reads everything when it doesn't agree.
final class Standby {
    enum Order: Sendable {
        /// Shards to be read from now on; what is read already goes on until it is given.
        case read(Set<Int>)
        /// A shard that was ours: goes on from here.
        case keep(WarmShard)
        /// Hands over what there is of a shard, and reads it no more.
        case give(Int, @Sendable (WarmShard?) -> Void)
    }

    /// How long one look for records takes at most: an order waits no longer.
    static let pollMilliseconds: Int32 = 50
    /// Between two attempts to have a reader.
    static let pauseMilliseconds: Int32 = 1_000
    /// Tombstones live for a day at least (`delete.retention.ms`): whoever heard nothing for half of that
    /// begins anew.
    static let silenceSeconds = 43_200.0

    private struct Copy {
        var restoration: Restoration
        var position: Int64
        var isAtEnd = false
    }

    /// ```
    ///               ┌──────── an order ────────┐
    ///               ▼                          │
    ///   nothing   outdated ─── assigned ───► copies
    ///      └────────────── opened ─────────────▲
    /// ```
    /// and back to nothing when there is no copy left, or reading fails.
    private enum Reading {
        case nothing
        /// The reader still reads what was wanted before the last order.
        case outdated(WatchedReader)
        case copies(WatchedReader)
    }

    private let site: KafkaSite
    private let shards: Int
    private let watch: HangWatchdog.Watch
    private let orders: OrderQueue<Order>
    private let post: @Sendable (TransportEvent) -> Void
    private let states = StateReader()
    private var copies: [Int: Copy] = [:]
    private var reading = Reading.nothing
    private var told = 0
    private var heardAt = HangWatchdog.now

    init(
        _ site: KafkaSite,
        _ shards: Int,
        _ watch: HangWatchdog.Watch,
        _ orders: OrderQueue<Order>,
        post: @escaping @Sendable (TransportEvent) -> Void
    ) {
        self.site = site
        self.orders = orders
        self.shards = shards
        self.watch = watch
        self.post = post
    }

    static func thread(
        _ site: KafkaSite,
        shards: Int,
        _ watches: HangWatchdog.Watches,
        post: @escaping @Sendable (TransportEvent) -> Void
    ) -> OrderThread<Order> {
        OrderThread(.standby, watches) { orders, watch in
            Standby(site, shards, watch, orders, post: post).work()
        }
    }

    private func work() {
        while !orders.isOver {
            follow(waitMilliseconds: copies.isEmpty ? OrderQueue<Order>.idleMilliseconds : 0)
            guard !copies.isEmpty, !orders.isOver else { continue }
            switch reading {
            case .nothing: open()
            case .outdated(let reader): assign(to: reader)
            case .copies(let reader): read(reader)
            }
            tell()
        }
        stopReading()
    }

    private func follow(waitMilliseconds: Int32) {
        for order in orders.next(waitMilliseconds: waitMilliseconds) { follow(order) }
    }

    private func follow(_ order: Order) {
        switch order {
        case .read(let wanted):
            let new = wanted.subtracting(copies.keys)
            guard !new.isEmpty else { return }
            for shard in new { begin(shard) }
        case .keep(let warm):
            begin(warm.shard.number, from: warm)
        case .give(let shard, let receive):
            guard let copy = copies.removeValue(forKey: shard) else { return receive(nil) }
            receive(copy.restoration.warm(upTo: copy.position))
        }
        refresh()
        tell()
    }

    private func begin(_ shard: Int, from warm: WarmShard? = nil) {
        let restoration = Restoration(of: shard, among: shards, site, from: warm, reader: states)
        copies[shard] = Copy(restoration: restoration, position: warm?.position ?? 0)
    }

    // MARK: Reading

    /// What is to be read has changed: the same client reads it from the next turn on, if anything is left.
    private func refresh() {
        guard !copies.isEmpty else { return stopReading() }
        switch reading {
        case .nothing: break
        case .outdated(let reader), .copies(let reader): reading = .outdated(reader)
        }
    }

    private func stopReading() {
        switch reading {
        case .nothing: break
        case .outdated(let reader), .copies(let reader): reader.close()
        }
        reading = .nothing
    }

    private func open() {
        do throws(KafkaError) {
            assign(to: try WatchedReader(site, .readCommitted, watch))
        } catch {
            follow(waitMilliseconds: Self.pauseMilliseconds)
        }
    }

    private func assign(to reader: WatchedReader) {
        do throws(KafkaError) {
            try reader.assign(
                copies.sorted { $0.key < $1.key }.map { (place($0.key), start($0.value)) }
            )
            reading = .copies(reader)
        } catch {
            reader.close()
            reading = .nothing
            follow(waitMilliseconds: Self.pauseMilliseconds)
        }
    }

    private func place(_ shard: Int) -> TopicPartition {
        TopicPartition(site.name(Topic.state), Int32(shard))
    }

    private func start(_ copy: Copy) -> Int64 {
        copy.position == 0 ? PartitionReader.beginning : copy.position
    }

    private func read(_ reader: WatchedReader) {
        switch reader.poll(timeoutMilliseconds: Self.pollMilliseconds) {
        case .record(let record):
            if isHeardInTime() { take(record) }
        case .endOfPartition(let place, let offset):
            guard isHeardInTime() else { return }
            let shard = Int(place.partition)
            guard var copy = copies.removeValue(forKey: shard) else { return }
            copy.position = max(copy.position, offset)
            copy.isAtEnd = true
            copies[shard] = copy
        case .failure(let error) where error.reaction != .retry: stopReading()
        case .failure, .assigned, .revoked, .statistics, nil: break
        }
    }

    private func take(_ record: Record) {
        let shard = Int(record.partition)
        guard var copy = copies.removeValue(forKey: shard) else { return }
        do throws(Stop) {
            try copy.restoration.take(record)
            copy.position = record.offset + 1
            copies[shard] = copy
        } catch {
            // Whoever takes it over reads it all and says what is wrong.
            refresh()
        }
    }

    /// Notes that something came; after a long silence, in which tombstones may have been missed, all
    /// begins anew, and what came is read again in its turn.
    private func isHeardInTime() -> Bool {
        defer { heardAt = HangWatchdog.now }
        guard HangWatchdog.now - heardAt > Self.silenceSeconds else { return true }
        for shard in copies.keys.sorted() { begin(shard) }
        refresh()
        return false
    }

    private func tell() {
        let count = copies.values.count { $0.isAtEnd }
        guard count != told else { return }
        told = count
        post(.standby(count))
    }
}

// For the other threads.
extension OrderThread<Standby.Order> {
    /// How long a shard's thread waits for what there is of it.
    private static var giveSeconds: Double { 5 }

    /// What there is of a shard; nil: nothing, or no answer in time.
    ///
    /// For a shard's own thread, before it takes the shard over and after its predecessor's end: so that
    /// what was set aside is there.
    func give(_ shard: Int) -> WarmShard? {
        let answer = Answer()
        order(.give(shard, answer.set))
        return answer.wait(seconds: Self.giveSeconds)
    }
}

/// An answer that one thread waits for.
private final class Answer: Sendable {
    private let value = Mutex<WarmShard?>(nil)
    private let isThere = DispatchSemaphore(value: 0)

    @Sendable func set(_ new: WarmShard?) {
        value.withLock { $0 = new }
        isThere.signal()
    }

    func wait(seconds: Double) -> WarmShard? {
        _ = isThere.wait(timeout: .now() + seconds)
        return value.withLock { $0.take() }
    }
}
