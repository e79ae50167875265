import CProcess
import Foundation
import OpinionFuzzing

/// A backlog before brokers that take long to commit: what must stay bounded is memory.
///
/// The records submit ten thousand requests again and again, so that what is open stays the same; they are made
/// as they are handed in.
struct Backlog {
    /// More than this, once a tenth is done, is memory that grows with the backlog.
    private static let growthMax: Int64 = 32 << 20
    private static let distinct = 10_000

    let records: Int

    func run() -> Never {
        var settled: Int64?
        var peak: Int64 = 0
        var told = 0
        let run = SlowRun(records: records, distinct: Self.distinct, patience: 50) { committed in
            let resident = cprocess_resident_bytes()
            if committed * 10 >= records, settled == nil { settled = resident }
            peak = max(peak, resident)
            guard committed * 10 / records > told else { return }
            told = committed * 10 / records
            print("… \(committed) of \(records) committed, \(resident >> 20) MiB resident")
        }
        let growth = peak - (settled ?? peak)
        print(
            "committed \(run.committed); in hand at most \(run.inHand) records, the largest transaction "
                + "\(run.bytes >> 10) KiB; memory after the first tenth grew by \(growth >> 10) KiB, "
                + "at most \(Self.growthMax >> 20) MiB allowed"
        )
        exit(run.committed == records && growth <= Self.growthMax ? 0 : 1)
    }
}
