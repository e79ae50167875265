import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionWire

/// A start of the service that meets a record which ends the process while it is answered.
package struct CrashRun {
    /// Of how many good requests, which one ends the process.
    package static let records = 6
    package static let poison: Int64 = 3

    /// Offsets of records in the dead letters, with their reasons.
    package let letters: [Int64: String]
    /// Requests that were answered.
    package let assignments: Int

    /// - Parameter directory: Where the place of the record is remembered; nil: nowhere.
    package init(directory: String?) {
        let book = Book()
        let records = (0..<Self.records).map { Record.request($0, at: $0) }
        let cluster = MemoryCluster(
            shards: 1,
            roster: [],
            count: records.count,
            record: { records[$0] },
            written: book.take
        )
        _ = cluster.serve(
            clock: PoisonedClock { cluster.handed == Self.poison + 1 },
            marker: CrashMarker(directory: directory)
        )
        letters = book.letters
        assignments = book.events
    }

    private final class Book {
        var letters: [Int64: String] = [:]
        var events = 0

        func take(_ transaction: Transaction) {
            for entry in transaction.batch.entries {
                switch OutTopic(rawValue: entry.topic) {
                case .deadLetters:
                    let offset = Int64(text(entry, "offset")) ?? -1
                    letters[offset] = text(entry, "reason")
                case .assignments: events += 1
                default: break
                }
            }
        }

        private func text(_ entry: RecordBatch.Entry, _ name: String) -> String {
            let header = entry.headers.last { $0.name == "opiniond-dlq-\(name)" }
            return String(decoding: header?.value ?? [], as: UTF8.self)
        }
    }

    /// Asked for nanoseconds only while an event is decided: that is where the process ends.
    private struct PoisonedClock: Clock {
        let isPoisoned: () -> Bool

        var now: Moment { Moment(milliseconds: 1_795_341_600_000) }
        var uptime: Double { 1 }
        var nanoseconds: UInt64 {
            precondition(!isPoisoned(), "what this record is for")
            return 0
        }
    }
}
