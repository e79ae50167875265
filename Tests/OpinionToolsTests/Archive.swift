import Foundation
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionTesting
import OpinionTools
import OpinionWire

/// Topics of two partitions each, and a shard that reads each record as soon as it is sent and writes what follows,
/// at a time of its own.
struct Archive {
    /// By the daemon's clock.
    var now = Moment(milliseconds: 1_795_341_600_000)
    private(set) var records: [Record] = []
    let home: Int32
    private var shard: Shard
    private var directory = Directory()
    private let reader: EventReader
    private let writer: EventWriter

    /// - Parameter overrides: The daemon's settings, `key=value` each.
    /// - Throws: When they are wrong.
    init(_ overrides: [String] = []) throws {
        let settings = try Self.settings(overrides)
        home = Int32(OpinionFlow.shard(of: "net-a", among: 2))
        shard = Shard(number: Int(home), policy: settings.policy)
        reader = EventReader(settings.reader)
        writer = EventWriter(groupID: "g", mode: settings.eventsMode, policy: settings.policy)
    }

    private static func settings(_ overrides: [String]) throws -> Settings {
        try Settings.load(file: "/dev/null", environment: [:], overrides: overrides)
    }

    /// The daemon's time, or as many seconds later.
    func time(_ offset: TimeInterval = 0) -> String {
        Events.text(TimeInterval(now.milliseconds) / 1_000 + offset)
    }

    // MARK: Writing

    /// Sends a record; without a partition it goes where its network lives.
    mutating func send(_ outgoing: Outgoing, to partition: Int32? = nil) {
        let record = Record(
            topic: outgoing.topic,
            partition: partition ?? home,
            offset: 0,
            timestamp: now.milliseconds,
            key: outgoing.key.map { Array($0.utf8) },
            value: outgoing.value,
            headers: outgoing.headers
        )
        write(record)
        now = now.advanced(by: 60_000)
    }

    /// Lets time go by, and the timers go off.
    mutating func pass(hours: Int64) {
        now = now.advanced(by: hours * 3_600_000)
        var (outbox, batch) = (Outbox(), RecordBatch())
        shard.tick(at: now, into: &outbox)
        tell(outbox, &batch)
    }

    private mutating func write(_ record: Record) {
        var record = record
        if record.partition < 0 { record.partition = 0 }
        record.timestamp = now.milliseconds
        record.offset = Int64(
            records.count { $0.topic == record.topic && $0.partition == record.partition }
        )
        records.append(record)
        switch record.topic {
        case Topic.requests: answer(record, .requests)
        case Topic.responses: answer(record, .responses)
        case Topic.specialists: profile(record)
        default: break
        }
    }

    private mutating func profile(_ record: Record) {
        guard let (specialist, cause) = try? reader.profile(record) else { return }
        var (outbox, batch) = (Outbox(), RecordBatch())
        for change in directory.profile(specialist) {
            shard.apply(change, because: cause, where: { _ in true }, at: now, into: &outbox)
        }
        shard.reassess(into: &outbox)
        tell(outbox, &batch)
    }

    private mutating func answer(_ record: Record, _ inbox: EventReader.Inbox) {
        var (outbox, batch) = (Outbox(), RecordBatch())
        do throws(Refusal) {
            let event = try reader.event(record, from: inbox)
            if record.partition != home {
                let topic: OutTopic = inbox == .requests ? .requests : .responses
                writer.writeForwarded(record, to: home, of: topic, into: &batch)
            } else if case .refused(let refusal) = shard.step(event, at: now, into: &outbox) {
                throw refusal
            }
        } catch {
            refuse(record, error, inbox, &batch)
        }
        tell(outbox, &batch)
    }

    private func refuse(
        _ record: Record,
        _ refusal: Refusal,
        _ inbox: EventReader.Inbox,
        _ batch: inout RecordBatch
    ) {
        writer.writeDeadLetter(record, refusal, into: &batch)
        guard inbox == .requests, let refused = reader.requestRefused(with: record) else { return }
        writer.writeRefused(
            refusal,
            of: record,
            about: refused.key,
            because: refused.cause,
            at: now,
            into: &batch
        )
    }

    private mutating func tell(_ outbox: Outbox, _ batch: inout RecordBatch) {
        for announcement in outbox.announcements { writer.write(announcement, into: &batch) }
        for record in batch.records { write(record) }
    }

    // MARK: Reading

    /// What was told of an assignment when it was made.
    func made(_ assignment: String) throws -> OutEvent {
        let told = try records.filter { $0.topic == Topic.assignments }.map { try OutEvent($0) }
        let made = told.last {
            $0.name == "assignment.made" && $0.data.assignmentId == assignment
        }
        guard let made else { throw Missing(name: assignment) }
        return made
    }

    struct Missing: Error { let name: String }

    /// Takes records away, as a topic's retention would.
    mutating func lose(where isLost: (Record) -> Bool) { records.removeAll(where: isLost) }

    /// Outputs lie in one partition here, inputs where their network lives.
    private func holds(_ passage: TopicSlice, _ record: Record) -> Bool {
        guard passage.topic == record.topic else { return false }
        switch passage.part {
        case .all: return true
        case .key:
            return record.partition == home
                || ![Topic.requests, Topic.responses].contains(record.topic)
        case .records(let spots):
            return spots.contains { ($0.partition, $0.offset) == (record.partition, record.offset) }
        }
    }

    /// What is explained by today's settings, a line each.
    func explain(
        _ request: String,
        in network: String? = nil,
        whyNot specialist: String? = nil,
        _ overrides: [String] = [],
        asked: (TopicSlice) -> Void = { _ in }
    ) throws -> [String] {
        var lines: [String] = []
        _ = try Explain.run(
            Self.settings(overrides),
            request: request,
            in: network,
            whyNot: specialist,
            { lines.append($0) },
            reading: { passages, take in
                passages.forEach(asked)
                // What went out is read first: the order of topics is nobody's promise.
                for record in records.sorted(by: { $0.topic < $1.topic })
                where passages.contains(where: { holds($0, record) }) { take(record) }
            }
        )
        return lines
    }
}
