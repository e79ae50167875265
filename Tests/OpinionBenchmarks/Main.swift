import Foundation
import OpinionFlow
import OpinionMatching
import OpinionReplay
import OpinionWire

/// What an event costs in the core, without Kafka: run by hand, in release, on a quiet machine.
///
///     swift run -c release OpinionBenchmarks [REQUESTS]
///     swift run -c release OpinionBenchmarks --restore [REQUESTS]
///     swift run -c release OpinionBenchmarks --decisions
///     swift run -c release OpinionBenchmarks --quality DIRECTORY
///     swift run -c release OpinionBenchmarks --count WHAT TIMES
///     swift run -c release OpinionBenchmarks --gauge KIND RECORDS
///
/// Prints microseconds of this thread an event, a stage each; opinions are made from the assignments.
@main
struct OpinionBenchmarks {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.first == "--quality", arguments.count == 2 {
            return try QualityBench(directory: arguments[1]).run()
        }
        if arguments.first == "--decisions" {
            for count in [2_000, 100_000] { DecisionBench().run(specialists: count) }
            return
        }
        if arguments.first == "--count", arguments.count == 3, let count = Int(arguments[2]) {
            return Counting.run(arguments[1], count)
        }
        if arguments.first == "--gauge", arguments.count == 3, let count = Int(arguments[2]) {
            return Gauge(rawValue: arguments[1])?.run(count) ?? print("kinds: \(Gauge.allCases)")
        }
        let isRestore = arguments.first == "--restore"
        let given = arguments.compactMap { Int($0) }.first
        let count = isRestore ? 20_000 : given ?? 20_000
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        let workload = Workload(Workload.Options(requests: count, epoch: now - 3_600_000))
        let roster = workload.roster().map(Record.init)
        let requests = workload.requests().map(Record.init)
        if isRestore {
            var bench = Bench()
            bench.load(roster)
            return bench.restore(given ?? 1_000_000, from: requests)
        }
        for round in 1...3 {
            var bench = Bench()
            bench.load(roster)
            print("round \(round)")
            bench.run(requests)
        }
    }
}

extension Record {
    /// As it would come from Kafka.
    init(_ item: Workload.Item) {
        self.init(
            topic: item.topic,
            partition: 0,
            offset: 0,
            timestamp: 0,
            key: Array(item.key.utf8),
            value: item.value,
            headers: item.headers
        )
    }
}

struct Bench {
    private let policy = Policy(name: "bench", sha256: String(repeating: "0", count: 64))
    private let reader: EventReader
    private let writer: EventWriter
    private let states = StateWriter(shard: 0)
    private var shard: Shard
    private let now: Moment

    init(at milliseconds: Int64 = Int64(Date().timeIntervalSince1970 * 1_000)) {
        now = Moment(milliseconds: milliseconds)
        reader = EventReader(ReaderSettings(policy: policy))
        writer = EventWriter(groupID: "bench", policy: policy)
        shard = Shard(number: 0, policy: policy)
    }

    mutating func load(_ records: [Record]) {
        var directory = Directory()
        for record in records {
            if let profile = try? reader.profile(record) {
                _ = directory.profile(profile.0)
            } else if let key = record.key {
                _ = directory.retire(Specialist.ID(String(decoding: key, as: UTF8.self)))
            }
        }
        for specialist in directory.specialists(where: { _ in true }) { shard.load(specialist) }
    }

    /// Reads so many open requests back.
    mutating func restore(_ count: Int, from records: [Record]) {
        var outbox = Outbox()
        for record in records {
            guard let event = try? reader.event(record, from: .requests) else { continue }
            _ = shard.step(event, at: now, into: &outbox)
        }
        RestoreBench(count: count, base: shard.snapshot).run(policy)
    }

    mutating func run(_ records: [Record]) {
        var events: [Event] = []
        events.reserveCapacity(records.count)
        measure("read a request", records.count) {
            for record in records {
                if let event = try? reader.event(record, from: .requests) { events.append(event) }
            }
        }
        let told = step("decide a request", events)
        write("write an assignment", told)
        drain("write its state", events.count)
        let answers = told.compactMap(Self.answer)
        let reports = step("take an opinion", answers)
        write("write a report", reports)
        drain("write its state", answers.count)
    }

    private mutating func step(_ name: String, _ events: [Event]) -> [Announcement] {
        var outbox = Outbox()
        measure(name, events.count) {
            for event in events { _ = shard.step(event, at: now, into: &outbox) }
        }
        return outbox.announcements
    }

    private func write(_ name: String, _ announcements: [Announcement]) {
        var batch = RecordBatch()
        measure(name, announcements.count) {
            for announcement in announcements {
                if batch.bytes.count > 1 << 20 { batch.removeAll() }
                writer.write(announcement, into: &batch)
            }
        }
    }

    private mutating func drain(_ name: String, _ count: Int) {
        var batch = RecordBatch()
        measure(name, count) {
            shard.drain(write: { states.write($0, into: &batch) }, erase: { _ in })
        }
    }

    private static func answer(_ announcement: Announcement) -> Event? {
        guard case .assigned(let assignment) = announcement.kind else { return nil }
        let opinion = Opinion(diagnosis: .confirmed, treatment: .agree, reportReference: "s3://o")
        let id = "opinion \(announcement.key.request)"
        return Event(
            key: announcement.key,
            fingerprint: EventFingerprint(
                identity: EventIdentity(source: "/bench", id: id),
                content: StableHash.of(id)
            ),
            time: announcement.at,
            cause: Cause(eventID: id),
            message: .delivered(Answer(assignment: assignment.id, specialist: nil), opinion)
        )
    }

    private func measure(_ name: String, _ count: Int, _ body: () -> Void) {
        let seconds = cpuSeconds(body)
        let each = seconds / Double(max(count, 1)) * 1e6
        print(String(format: "  %-22@ %7.2f µs × %d", name as NSString, each, count))
    }
}
