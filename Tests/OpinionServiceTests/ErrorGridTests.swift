import Foundation
import KafkaTransport
import OpinionService
import OpinionWire
import Synchronization
import Testing

/// Every class of error on every kind of request that the daemon makes, one after the other.
///
/// Whatever is answered, the daemon gets to a commit in the end, or stops with a code that says why. It
/// never hangs and never takes a transaction for committed that isn't.
@Suite("Errors of the brokers")
struct ErrorGridTests {
    /// Requests by their numbers in the Kafka protocol.
    enum Request: Int16, CaseIterable {
        case metadata = 3, findCoordinator = 10, joinGroup = 11, syncGroup = 14, heartbeat = 12
        case offsetFetch = 9, listOffsets = 2, fetch = 1
        case initProducerID = 22, addPartitions = 24, addOffsets = 25, produce = 0
        case commitOffsets = 28, endTransaction = 26
    }

    /// A code of each class, as brokers answer them.
    enum Failure: Int32, CaseIterable {
        case connection = -195, loading = 14, notCoordinator = 16, rebalancing = 27
        case unknownServer = -1, unauthorised = 30, fencedEpoch = 90, unknownMember = 25
    }

    /// What a request may stop the daemon for; the others never stop it.
    private static let codes: Set<ExitCode> = [
        .tryAgain, .fenced, .unauthorised, .badSettings, .stateMismatch,
    ]

    @Test("each ends in a commit or a reason to stop", arguments: Failure.allCases)
    func grid(failure: Failure) {
        let ends = Mutex<[Request: Result<ExitCode?, any Error>]>([:])
        // Nearly all of it is waiting for the mock's group to form: all wait at once.
        let group = DispatchGroup()
        for request in Request.allCases {
            group.enter()
            Thread {
                let end = Result { try Self.end(of: request, failure) }
                ends.withLock { $0[request] = end }
                group.leave()
            }.start()
        }
        group.wait()
        for (request, end) in ends.withLock({ $0 }) { check(request, failure, end) }
    }

    private func check(
        _ request: Request,
        _ failure: Failure,
        _ end: Result<ExitCode?, any Error>
    ) {
        switch end {
        case .success(nil): break
        case .success(let code?):
            #expect(Self.codes.contains(code), "\(request) \(failure)")
            // What passes by itself stops nothing.
            let passes = [.connection, .loading, .notCoordinator].contains(failure)
            #expect(!passes, "\(request) \(failure) stops with \(code)")
        case .failure(let error): Issue.record("\(request) \(failure): \(error)")
        }
    }

    /// The code that the daemon stops with; nil: it commits.
    private static func end(of request: Request, _ failure: Failure) throws -> ExitCode? {
        let life = try Life()
        life.mock.pushErrors(apiKey: request.rawValue, [failure.rawValue])
        return try end(life)
    }

    /// Begins, takes the shard over and commits, doing what the loop does about what happens on the way.
    ///
    /// - Returns: The code when it was told to stop.
    private static func end(_ life: Life) throws -> ExitCode? {
        life.cluster.start()
        var transaction = Transaction(shard: 0, requests: 1, responses: 0)
        transaction.batch.bytes = [1]
        transaction.batch.entries = [
            RecordBatch.Entry(topic: 0, partition: 0, key: 0..<1, value: 0..<1, headers: [])
        ]
        var isReady = false
        var isUnderWay = false
        return try life.wait(for: "a commit or a stop", seconds: 60) {
            transportEvent -> ExitCode?? in
            switch transportEvent {
            case .assigned:
                life.cluster.fetch([])
                life.cluster.takeOver(0, by: Life.policy)
            case .revoked:
                (isReady, isUnderWay) = (false, false)
                life.cluster.release(0)
                life.cluster.unassign()
            case .takenOver: isReady = true
            case .aborted: isUnderWay = false
            case .lost:
                (isReady, isUnderWay) = (false, false)
                life.cluster.takeOver(0, by: Life.policy)
            case .committed: return .some(nil)
            case .stop(let stop): return .some(stop.code)
            default: break
            }
            if isReady, !isUnderWay { isUnderWay = life.cluster.commit(transaction) }
            return .none
        }
    }
}
