import Logging
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionTesting
package import OpinionWire

/// One round: a fresh service, some thousand records from one seed, and what became of each.
///
/// The service is the real one, from the record's bytes to what a transaction writes; only brokers and
/// time are not. The same number gives the same round.
package struct FuzzRound {
    /// Records a round.
    package static let size = 2_000
    static let shards = 2

    package let number: UInt64
    /// What is wrong, in words; empty when nothing is.
    package let offences: [String]
    /// Records by what became of them.
    package let fates: [String: Int]

    /// - Parameters:
    ///   - number: Decides everything.
    ///   - listener: Hears each record before it is handed in.
    package init(_ number: UInt64, listener: ((Record) -> Void)? = nil) {
        self.number = number
        let records = Self.records(number)
        if let listener { for record in records { listener(record) } }
        let account = FuzzAccount(records, number)
        let service = Self.run(records, account, isTold: number.isMultiple(of: 16))
        account.close(service)
        offences = account.offences
        fates = account.fates
    }

    private static let seedbed = Seedbed()

    private static func records(_ number: UInt64) -> [Record] {
        var mutator = Mutator(seed: number, seedbed)
        var offsets: [TopicPartition: Int64] = [:]
        return (0..<size).map { _ in
            var record = mutator.record(shards: shards) { OpinionFlow.shard(of: $0, among: shards) }
            let place = TopicPartition(record.topic, record.partition)
            record.offset =
                offsets[place, default: record.topic == Topic.specialists ? rosterCount : 0]
            offsets[place] = record.offset + 1
            return record
        }
    }

    // MARK: The service

    private static func run(_ records: [Record], _ account: FuzzAccount, isTold: Bool) -> Service {
        let cluster = MemoryCluster(
            shards: shards,
            roster: roster,
            count: records.count,
            record: { records[$0] },
            written: account.take
        )
        return cluster.serve(
            clock: FuzzClock(),
            log: isTold ? FuzzLog.logger : Logger(label: "") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    static let policy = Policy(name: "fuzzed", sha256: String(repeating: "0", count: 64))
    static let site = KafkaSite(
        group: "g",
        instance: "i",
        prefix: "",
        properties: []
    )

    /// Two specialists a network to begin with, so that good requests find somebody.
    private static let roster = (0..<6).map { number -> Record in
        let profile = Events.Specialist(
            id: "first-\(number)",
            network: "net-\(number % 3)",
            families: ["breast", "lung"],
            units: 3
        )
        return Record(
            topic: Topic.specialists,
            partition: 0,
            offset: Int64(number),
            timestamp: 0,
            key: Array(profile.id.utf8),
            value: Events.profiled(profile, time: "2026-11-22T09:00:00Z").value
        )
    }
    private static let rosterCount = Int64(roster.count)
}

/// A clock that goes on by a millisecond each time it is looked at.
private final class FuzzClock: Clock {
    private var ticks: Int64 = 0

    var now: Moment {
        ticks += 1
        return Moment(milliseconds: 1_795_341_600_000 + ticks)
    }
    var uptime: Double {
        ticks += 1
        return Double(ticks) / 1_000
    }
    var nanoseconds: UInt64 { UInt64(ticks) * 1_000_000 }
}
