import Foundation
import OpinionService
import Synchronization
import Testing

@Suite("The watchdog")
struct HangWatchdogTests {
    @Test(
        "watches each call of the shards, the broker queries and the end, for longer than it may take"
    )
    func everyCall() throws {
        let log = Log()
        let watches = HangWatchdog.Watches { log.note($0) }
        log.watches.withLock { $0 = watches }
        let life = try Life(watches: watches)
        try life.begin()
        try life.takeOver()
        try life.commit()
        #expect(try life.ends() == 0)
        life.cluster.release(0)
        life.cluster.stop(.stay)
        #expect(log.names == Self.calls)
        #expect(log.faults.isEmpty)
        #expect(watches.overdue(at: HangWatchdog.now + 3_600) == nil, "a call is still under way")
    }

    private static let calls: Set = [
        "creating a reader", "looking up a topic", "asking for watermarks", "assigning partitions",
        "asking for ends", "closing a reader", "creating a producer",
        "taking over a transactional id", "looking up topics", "asking for committed offsets",
        "beginning a transaction", "producing", "sending offsets", "committing",
        "closing a producer", "closing the consumer", "asking for the cluster",
        "looking up all topics", "looking at the group",
    ]

    @Test("ends the process with 75 when a shard is taken over and the call never comes back")
    func takeOverHangs() async {
        await #expect(processExitsWith: .exitCode(ExitCode.tryAgain.rawValue)) {
            let life = try Life(
                watches: HangWatchdogTests.hanging("taking over a transactional id")
            )
            try life.begin()
            try life.takeOver()
        }
    }

    @Test("ends it when a shard has been given up and its producer can't be closed")
    func closingHangs() async {
        await #expect(processExitsWith: .exitCode(ExitCode.tryAgain.rawValue)) {
            let life = try Life(watches: HangWatchdogTests.hanging("closing a producer"))
            try life.begin()
            life.cluster.takeOver(0, by: Life.policy)
            life.cluster.release(0)
            life.cluster.takeOver(0, by: Life.policy)
            try life.wait(for: "the shard") { if case .takenOver = $0 { true } else { nil } }
        }
    }

    @Test("ends it for the reason that is known when only closing is left, and hangs")
    func endHangs() async {
        await #expect(processExitsWith: .exitCode(ExitCode.badSettings.rawValue)) {
            let life = try Life(watches: HangWatchdogTests.hanging("closing the consumer"))
            try life.begin()
            life.cluster.stop(.fail(.badSettings))
        }
    }

    @Test("ends it when a broker query never comes back")
    func questionHangs() async {
        await #expect(processExitsWith: .exitCode(ExitCode.tryAgain.rawValue)) {
            let life = try Life(watches: HangWatchdogTests.hanging("asking for ends"))
            _ = try life.ends()
        }
    }

    /// Watches under which one call hangs, with a guard whose clock is an hour ahead for it.
    private static func hanging(_ call: String) -> HangWatchdog.Watches {
        let watches = HangWatchdog.Watches { name in
            while name == call { Thread.sleep(forTimeInterval: 1) }
        }
        HangWatchdog.guardProcess(
            { watches.overdue(at: HangWatchdog.now + 3_600).flatMap { $0 == call ? $0 : nil } },
            code: { watches.exitCode },
            say: { print("overdue:", $0) }
        )
        return watches
    }
}

/// The calls that were made, and those among them that were not watched as they should be.
private final class Log: Sendable {
    let watches = Mutex<HangWatchdog.Watches?>(nil)
    private let calls = Mutex<(names: Set<String>, faults: [String])>(([], []))

    var names: Set<String> { calls.withLock { $0.names.subtracting(["reading"]) } }
    var faults: [String] { calls.withLock { $0.faults } }

    /// Called on the thread of the call, right before it.
    func note(_ name: String) {
        guard let watches = watches.withLock({ $0 }) else { return }
        let isEarly = watches.overdue(at: HangWatchdog.now + HangWatchdog.graceSeconds - 1) != nil
        let isWatched = watches.overdue(at: HangWatchdog.now + 3_600) != nil
        calls.withLock {
            $0.names.insert(name)
            if isEarly || !isWatched { $0.faults.append(name) }
        }
    }
}
