internal import Crypto
internal import Foundation
internal import Logging
internal import OpinionFlow
internal import OpinionMatching
internal import OpinionWire

// The way of one record: decode, find its shard, step, encode.
extension Service {
    func take(_ record: Record) {
        guard let inbox = inbox(of: record.topic) else {
            if record.topic == site.name(Topic.specialists) { take(profile: record) }
            return
        }
        guard let runtime = shards.runtimes[Int(record.partition)],
            runtime.inputs.position(in: inbox) <= record.offset
        else {
            return
        }
        runtime.inputs.move(inbox, past: record)
        let edge = runtime.inputs.isWrittenAfter(record.offset, of: inbox)
        time.watch.note(record, at: time.now, writtenAfter: edge, time.turnBegan)
        runtime.fill { transaction, shard in
            transaction.tally.received += 1
            if record.timestamp >= 0 { transaction.arrivals.append(record.timestamp) }
            let isSetAside = !guarded(record, inbox == .requests ? 1 : 2) {
                answer(record, inbox, shard: &shard, into: &transaction)
                guard marker.suspectsState(of: runtime.number) else { return }
                runtime.writeDown(&shard, into: &transaction.batch)
            }
            if isSetAside { setAside(record, inbox, at: shard.decidedAt, into: &transaction) }
        }
        noteIfFull(runtime)
    }

    func take(endOf place: TopicPartition, at offset: Int64) {
        if place.topic == site.name(Topic.specialists) {
            return roster.move(place.partition, offset)
        }
        guard let inbox = inbox(of: place.topic) else { return }
        shards.runtimes[Int(place.partition)]?.inputs.move(inbox, to: offset)
    }

    private func inbox(of topic: String) -> EventReader.Inbox? {
        if topic == site.inputs[0] { return .requests }
        return topic == site.inputs[1] ? .responses : nil
    }

    /// Does something with a record unless that has ended the process too often.
    ///
    /// - Returns: Whether it was done.
    func guarded(_ record: Record, _ topic: Int64, _ body: () -> Void) -> Bool {
        let place = place(of: record, topic)
        guard marker.crashes(place) < CrashMarker.crashesMax else {
            log.error(
                "a record ended the process each time: set aside",
                metadata: ["record": "\(record.topic)/\(record.partition)/\(record.offset)"]
            )
            marker.acquit(.state(of: Int(record.partition)))
            return false
        }
        marker.begin(place)
        body()
        marker.end(place)
        return true
    }

    /// Dead-letters a record that ends the process, and tells its sender, unless it was that which ended it last.
    private func setAside(
        _ record: Record,
        _ inbox: EventReader.Inbox,
        at decidedAt: Moment,
        into transaction: inout Transaction
    ) {
        let refusal = Refusal(.processorCrash)
        let place = place(of: record, inbox == .requests ? 1 : 2)
        guard marker.crashes(place) == CrashMarker.crashesMax else {
            return deadLetter(record, refusal, into: &transaction)
        }
        marker.begin(place)
        refuse(record, refusal, inbox, at: decidedAt, into: &transaction)
        marker.pause()
    }

    private func place(of record: Record, _ topic: Int64) -> CrashMarker.Place {
        CrashMarker.Place(
            topic: topic,
            partition: Int64(record.partition),
            offset: record.offset
        )
    }

    private func answer(
        _ record: Record,
        _ inbox: EventReader.Inbox,
        shard: inout Shard,
        into transaction: inout Transaction
    ) {
        let event: Event
        do throws(Refusal) {
            event = try codec.reader.event(record, from: inbox)
        } catch {
            return refuse(record, error, inbox, at: shard.decidedAt, into: &transaction)
        }
        let home = topics.home(of: event.key.network)
        guard home == shard.number else {
            return forward(record, inbox, to: home, into: &transaction)
        }
        let (now, begun) = (time.now, clock.nanoseconds)
        shard.wake(event.key.network, at: now, into: &codec.outbox)
        let outcome = shard.step(event, at: now, into: &codec.outbox)
        reporter.decided(nanoseconds: clock.nanoseconds - begun)
        tell(into: &transaction)
        noteTime(of: event, record, into: &transaction.tally)
        switch outcome {
        case .applied: break
        case .duplicate: transaction.tally.duplicates += 1
        case .superseded: transaction.tally.superseded += 1
        case .refused(let refusal):
            refuse(record, refusal, inbox, at: shard.decidedAt, into: &transaction)
        }
    }

    /// Counts an event that claims a time well ahead of ours: whatever is said of its request later, with a right
    /// clock, counts as older.
    private func noteTime(of event: Event, _ record: Record, into tally: inout Tally) {
        guard time.now.advanced(by: Self.aheadMax) < event.time else { return }
        tally.future += 1
        guard time.isTimeToWarnOfFuture(clock.uptime) else { return }
        log.warning(
            "an event's time lies more than a minute ahead: amendments sent with a right clock will count as older",
            metadata: [
                "source": "\(codec.reader.source(of: record) ?? "unknown")",
                "record": "\(record.topic)/\(record.partition)/\(record.offset)",
            ]
        )
    }

    /// Milliseconds that an event may be ahead without a word.
    private static var aheadMax: Int64 { 60_000 }

    /// Writes what the shard announced.
    func tell(into transaction: inout Transaction) {
        for announcement in codec.outbox.announcements {
            codec.writer.write(announcement, into: &transaction.batch)
            transaction.tally.count(announcement.kind)
        }
        codec.outbox.removeAll()
    }

    /// A valid record of another shard's network: its publisher partitions otherwise than we do.
    private func forward(
        _ record: Record,
        _ inbox: EventReader.Inbox,
        to home: Int,
        into transaction: inout Transaction
    ) {
        let topic: OutTopic = inbox == .requests ? .requests : .responses
        guard topics.fits(record, into: topic) else {
            return refuse(record, Refusal(.tooLarge), inbox, at: time.now, into: &transaction)
        }
        transaction.tally.forwarded += 1
        codec.writer.writeForwarded(
            record,
            to: Int32(home),
            of: topic,
            into: &transaction.batch
        )
    }

    /// Dead-letters a record; if a request is refused with it, its sender hears of it.
    private func refuse(
        _ record: Record,
        _ refusal: Refusal,
        _ inbox: EventReader.Inbox,
        at decidedAt: Moment,
        into transaction: inout Transaction
    ) {
        deadLetter(record, refusal, into: &transaction)
        guard inbox == .requests, let refused = codec.reader.requestRefused(with: record) else {
            return
        }
        codec.writer.writeRefused(
            refusal,
            of: record,
            about: refused.key,
            because: refused.cause,
            at: max(time.now, decidedAt),
            into: &transaction.batch
        )
    }

    func deadLetter(_ record: Record, _ refusal: Refusal, into transaction: inout Transaction) {
        let place = "\(record.topic)/\(record.partition)/\(record.offset)"
        transaction.tally.dead.add(refusal.reason, at: place)
        let isTooLarge = record.byteCount > topics.deadLetterBytesMax
        let digest = isTooLarge ? Self.sha256((record.value ?? [])[...]) : nil
        codec.writer.writeDeadLetter(
            record,
            refusal,
            digest: digest,
            most: topics.deadLetterBytesMax,
            into: &transaction.batch
        )
        log.debug(
            "dead letter",
            metadata: ["reason": "\(refusal.reason.rawValue)", "record": "\(place)"]
        )
    }

    /// The topic of the dead letters doesn't take one of a transaction: they go without their values.
    ///
    /// A limit that was lowered while running, or that nobody could see, must not stop a shard.
    func shrinkDeadLetters(of runtime: ShardRuntime) {
        guard
            let limit = runtime.shrinkDeadLetters(
                below: topics.deadLetterBytesMax,
                digest: Self.sha256
            )
        else { return }
        topics.deadLetterBytesMax = limit
        log.warning(
            "dead letters are too large for their topic: larger ones go without their value",
            metadata: ["topic": "\(site.name(Topic.deadLetters))", "bytes": "\(limit)"]
        )
    }

    private static func sha256(_ bytes: ArraySlice<UInt8>) -> String {
        SHA256.hash(data: bytes).map { String(format: "%02x", $0) }.joined()
    }
}

extension Tally {
    mutating func count(_ kind: AnnouncementKind) {
        switch kind {
        case .assigned: assigned += 1
        case .reportReady: reports += 1
        case .rescinded, .waiting, .unmatchable, .awaitingRecords, .reminder, .escalated, .closed:
            break
        }
    }
}
