import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionTesting
import OpinionWire

/// One run of the whole service from one seed.
///
/// The loop, the flow, the matching and the wire are the real ones; brokers, network, processes and
/// time are simulated. The same seed gives the same run.
package struct Simulation {
    package let seed: UInt64
    /// What is wrong, in words; empty when nothing is.
    package let offences: [String]
    /// The same when every commit came at the same moment and every record has the same bytes.
    package let trace: UInt64
    package let tally: SimulationTally
    package let commits: Int
    package let aborts: Int
    package let rebalances: Int
    package let requests: Int
    package let milliseconds: Int64
    /// How often what was told, by name.
    package let told: [String: Int]

    /// - Parameters:
    ///   - seed: Decides everything.
    ///   - listener: Hears what happens, line by line.
    package init(seed: UInt64, listener: ((String) -> Void)? = nil) {
        let world = World(seed: seed, listener: listener)
        world.run()
        self.seed = seed
        let found = world.offences.isEmpty ? Self.check(world) : world.offences
        trace = StableHash.combine(world.trace, world.broker.digest)
        tally = world.machines.tally
        (commits, aborts) = world.broker.ended
        rebalances = world.group.rebalances
        requests = world.outside.scene.size.requests
        milliseconds = world.now - world.begin
        told = world.witness.tally
        offences = found.isEmpty ? Epilogue(world, seed: seed).offences() : found
        world.end()
    }

    private static func check(_ world: World) -> [String] {
        do {
            let policy = world.policy
            let findings = try Findings(
                world.broker,
                world.outside.scene,
                offersAtOnce: policy.offersAtOnce
            )
            let recount = try Recount(world.broker, policy)
            return try findings.offences
                + (0..<world.broker.shards).flatMap { check($0, world, recount) }
                + checkOld(world)
        } catch {
            return ["what was written can't be read: \(error)"]
        }
    }

    /// What ended long ago is forgotten, in memory and in the state topic.
    private static func checkOld(_ world: World) throws -> [String] {
        guard world.terms.growsOld else { return [] }
        world.growOld()
        let recount = try Recount(world.broker, world.policy)
        return world.offences
            + (0..<world.broker.shards).flatMap { number -> [String] in
                let kept = world.machines.owned(number)?.snapshot.count { $0.isClosed } ?? -1
                return check(number, world, recount)
                    + (kept == 0 ? [] : ["\(kept) are remembered too long"])
            }
    }

    /// What the owner has in memory is what the state topic says, and what the inputs and the recorded
    /// decisions come to.
    private static func check(_ number: Int, _ world: World, _ recount: Recount) -> [String] {
        guard let owned = world.machines.owned(number) else {
            return ["shard \(number) has no owner"]
        }
        do throws(Stop) {
            let restored = try world.broker.restored(
                number,
                world.site("checker"),
                by: world.policy
            ).shard
            guard restored.snapshot == owned.snapshot else {
                return ["shard \(number) is not what was written of it"]
            }
            let directory = directory(world)
            return restored.snapshot.compactMap(recount.offence(of:))
                + gone(owned, directory, world) + idle(owned)
                + (isBehind(owned) ? [] : unsettled(restored, owned.policy, directory))
                + late(owned, world) + unreported(owned)
        } catch {
            return ["shard \(number): \(error.message)"]
        }
    }

    /// What the directory's topic says.
    private static func directory(_ world: World) -> Directory {
        let reader = EventReader(ReaderSettings(policy: world.policy))
        var directory = Directory()
        for record in world.broker.all(Topic.specialists) {
            let id = Specialist.ID(record.keyText ?? "")
            if record.value == nil {
                _ = directory.retire(id)
            } else if let (specialist, _) = try? reader.profile(record) {
                _ = directory.profile(specialist)
            } else {
                _ = directory.suspend(id)
            }
        }
        return directory
    }

    /// Nobody holds a seat whom the roster no longer knows.
    private static func gone(_ shard: Shard, _ directory: Directory, _ world: World) -> [String] {
        var shard = shard
        shard.reconcile(with: directory)
        return !world.isJudged(shard)
            ? ["shard \(shard.number): a seat is held by somebody who is gone"] : []
    }

    /// Whoever takes the shard over now finds everybody waiting as they do, and nobody's wait hopeless who isn't
    /// told so: reasons may be others, since colleagues come and go.
    private static func unsettled(
        _ restored: Shard,
        _ policy: Policy,
        _ directory: Directory
    ) -> [String] {
        var (shard, outbox) = (restored, Outbox())
        shard.meet(directory, policy, at: restored.decidedAt, into: &outbox)
        return zip(restored.openRequests, shard.openRequests).compactMap { before, after in
            // That a panel's waiting seat has become hopeless by what a colleague has got is told at the next look.
            guard before.1.submission.kind != .panel else { return nil }
            let isSame = before.1.seats.map(\.awaited) == after.1.seats.map(\.awaited)
            return isSame ? nil : "\(before.0.request) stands otherwise after a take-over"
        }
    }

    /// Nobody waits whom a free and eligible specialist could serve.
    ///
    /// But for those who come back at a time that has passed and that has yet to go off: see ``late(_:_:)``.
    private static func idle(_ shard: Shard) -> [String] {
        if isBehind(shard) { return [] }
        var shard = shard
        var outbox = Outbox()
        shard.reassessAll(into: &outbox)
        return outbox.announcements.compactMap { announcement in
            guard case .assigned = announcement.kind else { return nil }
            return "\(announcement.key.request) waits though somebody is free"
        }
    }

    /// Whether something is due that has yet to go off: who waits for that waits still.
    private static func isBehind(_ shard: Shard) -> Bool {
        shard.nextTimer.map { $0 <= shard.decidedAt } ?? false
    }

    /// Whatever time has to do is done: nobody's time to accept is long over, and who is due has been told of.
    ///
    /// Timers go off some moments after their time; where a clock was set wrong they wait for minutes.
    private static func late(_ shard: Shard, _ world: World) -> [String] {
        guard world.machines.tally.steps == 0 else { return [] }
        let past = Moment(milliseconds: world.now - 3_000)
        if let due = shard.nextTimer, due < past { return ["shard \(shard.number): time stands"] }
        return shard.openRequests.compactMap { key, open in
            let isOffered = open.seats.contains { $0.holding?.acceptBy.map { $0 < past } ?? false }
            if isOffered { return "\(key.request) is offered for too long" }
            let isUntold = open.submission.due < past && !open.isToldOverdue
            return isUntold ? "\(key.request) is due and nobody is told" : nil
        }
    }

    /// What could be reported is.
    private static func unreported(_ shard: Shard) -> [String] {
        let quorum = shard.policy.panels.quorum
        return shard.openRequests.compactMap { key, open in
            guard !open.awaitsRecords else { return nil }
            let hasQuorum =
                open.submission.kind == .panel && open.isToldOverdue
                && quorum <= open.seats.count { $0.isDelivered && open.asks(about: $0) }
            return open.isComplete || hasQuorum ? "\(key.request) could be reported" : nil
        }
    }
}

extension Shard {
    fileprivate var openRequests: [(RequestKey, OpenRequest)] {
        snapshot.compactMap { request in
            guard case .open(let open) = request.phase else { return nil }
            return (request.key, open)
        }
    }
}

extension OpenRequest {
    /// Whether a seat is on what the intake or the panel itself asks about.
    fileprivate func asks(about seat: Seat) -> Bool {
        guard let family = seat.spec?.family else { return true }
        return family == submission.family || family == askedFamily
    }
}

extension Seat {
    /// Whether it waits for a unit, or for somebody new; nil: it doesn't wait.
    fileprivate var awaited: WaitingQueue.Awaited? {
        guard case .waiting(let waiting) = state else { return nil }
        return waiting.isUnmatchable ? .roster : .unit
    }
}

/// What many runs came to.
package struct SimulationSum: Codable {
    package private(set) var runs = 0
    package private(set) var offending = 0
    private var requests = 0
    private var commits = 0
    private var aborts = 0
    private var rebalances = 0
    private var kills = 0
    private var sleeps = 0
    private var stops = 0
    private var steps = 0
    private var seconds: Int64 = 0
    /// How often what was told, by name.
    package private(set) var told: [String: Int] = [:]
    /// The same for the same seeds.
    package private(set) var trace: UInt64 = 0

    package init() {}

    package mutating func add(_ run: Simulation) {
        runs += 1
        offending += run.offences.isEmpty ? 0 : 1
        requests += run.requests
        commits += run.commits
        aborts += run.aborts
        rebalances += run.rebalances
        kills += run.tally.kills
        sleeps += run.tally.sleeps
        stops += run.tally.stops
        steps += run.tally.steps
        seconds += run.milliseconds / 1_000
        told.merge(run.told, uniquingKeysWith: +)
        trace = StableHash.combine(trace, run.trace)
    }

    package var text: String {
        "runs \(runs), with an offence \(offending); requests \(requests), commits \(commits), "
            + "aborted \(aborts), rebalances \(rebalances), kills \(kills), sleeps \(sleeps), "
            + "stops \(stops), clocks set \(steps), simulated hours \(seconds / 3_600), trace \(String(trace, radix: 16))"
    }

    /// What was told, and how often.
    package var toldText: String {
        told.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
}

extension Request {
    fileprivate var isClosed: Bool {
        if case .closed = phase { true } else { false }
    }
}
