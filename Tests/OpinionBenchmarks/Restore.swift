import CProcess
import Foundation
import OpinionFlow
import OpinionMatching
import OpinionTesting
import OpinionWire

/// What reading a shard's state back costs, without Kafka: a million open requests, say.
struct RestoreBench {
    /// Records written and read at a time, so that their bytes don't add to what is measured.
    static let chunk = 10_000

    let count: Int
    let base: [Request]

    /// - Parameters:
    ///   - count: Open requests in all.
    ///   - base: Some open requests, repeated under other names.
    init(count: Int, base: [Request]) {
        self.count = count
        self.base = base
    }

    func run(_ policy: Policy) {
        var shard = Shard(number: 0, policy: policy)
        let before = cprocess_resident_bytes()
        var reading = 0.0
        for first in stride(from: 0, to: count, by: Self.chunk) {
            let records = records(first..<min(count, first + Self.chunk))
            reading += cpuSeconds { read(records, into: &shard) }
        }
        let settling = cpuSeconds { shard.settle(decidedAt: Moment(milliseconds: 0)) }
        let bytes = Double(cprocess_resident_bytes() - before) / Double(count)
        print(
            String(
                format: "restore %d open requests: read and apply %.2f s, derive %.2f s; "
                    + "%.0f bytes resident a request",
                count,
                reading,
                settling,
                bytes
            )
        )
    }

    private func read(_ records: [Record], into shard: inout Shard) {
        let reader = StateReader()
        for record in records {
            if case .request(let request)? = try? reader.read(record) { shard.restore(request) }
        }
    }

    private func records(_ numbers: Range<Int>) -> [Record] {
        let writer = StateWriter(shard: 0)
        var batch = RecordBatch()
        for number in numbers { _ = writer.write(request(number), into: &batch) }
        return batch.records
    }

    private func request(_ number: Int) -> Request {
        let original = base[number % base.count]
        let name = "\(original.key.request)-\(number / base.count)"
        var request = Request(
            key: RequestKey(network: original.key.network, request: name),
            phase: original.phase
        )
        request.told = original.told
        request.fingerprints = original.fingerprints.map { mark in
            EventFingerprint(
                identity: EventIdentity(source: name, id: "\(mark.identity.low)"),
                content: mark.content
            )
        }
        request.submissionContent = original.submissionContent
        request.contentTime = original.contentTime
        request.dayMarks = original.dayMarks
        return request
    }
}

/// Seconds of this thread.
func cpuSeconds(_ body: () -> Void) -> Double {
    var begin = timespec()
    var end = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &begin)
    body()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &end)
    return Double(end.tv_sec - begin.tv_sec) + Double(end.tv_nsec - begin.tv_nsec) / 1e9
}
