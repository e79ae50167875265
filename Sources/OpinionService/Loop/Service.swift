internal import Foundation
internal import KafkaTransport
package import Logging
package import OpinionFlow
internal import OpinionMatching
package import OpinionWire

/// The loop: one thread that owns all state.
///
/// ```
///   next ─► handle (decode, step, encode into the shard's transaction) ─► … until nothing is there
///     ▲                                                                        │
///     └── tell how we are ◄── let time pass ◄── hand transactions to commit ◄──┘
/// ```
/// Everything that happens comes through ``Transport``, everything that is told goes to ``HealthReporter``,
/// time comes from ``Clock``: with other ones of these the same loop runs in a simulator.
package final class Service {
    /// Happenings handled before transactions are handed out, at most.
    static let turnMax = 10_000
    /// How long one turn waits for something to happen.
    static let waitMilliseconds: Int32 = 200
    /// How long a shard may be full before the others are read without it.
    static let fullSeconds = 1.0
    /// How long a stop may take before what is under way is left to the next start.
    static let drainSeconds = 20.0
    /// How long a revocation may wait for what is under way: the group waits for us meanwhile, and who it
    /// has given up can commit nothing any more.
    static let revokingSeconds = 20.0

    let transport: any Transport
    let clock: any Clock
    let reporter: HealthReporter
    let site: KafkaSite
    /// Holds the policy in force.
    private(set) var reader: EventReader
    private(set) var writer: EventWriter
    private let mode: EventWriter.Mode
    let log: Logger
    let marker: CrashMarker
    let limits: TransactionLimits

    var runtimes: [Int: ShardRuntime] = [:]
    /// Shards that are being taken over, with how far their state was read.
    var restoring: [Int: (read: Int64, of: Int64)] = [:]
    /// When the log was last told of those.
    var restoringToldAt = -Double.infinity
    /// Shards that somebody else has taken over, though the group gave them to us, and since when.
    var fenced: [Int: Double] = [:]
    /// When shards were fenced last, however often they have been taken again since.
    var fencedAt: [Int: Double] = [:]
    var openTransactions = OpenTransactions()
    var inspection = InspectionRound()
    /// Shards whose state is there but whose roster isn't yet.
    var waitingForRoster: [TakenOver] = []
    var roster = RosterDesk()
    var shards = 0
    /// The id of the Kafka cluster; nil: it has none, or isn't known yet.
    var cluster: String?
    /// Bytes that a record may have in each topic, where that is known.
    var bytesMax: [OutTopic: Int] = [:]
    /// Bytes that a dead letter may have; a larger record goes without its value.
    var deadLetterBytesMax = EventWriter.deadLetterBytesMax
    /// When an event from the future was last warned of.
    var futureToldAt = -Double.infinity
    var homes: [String: Int] = [:]
    var outbox = Outbox()
    var now = Moment.distantPast
    var watch = ClockWatch()
    /// Uptime at the beginning of this turn.
    var turnBegan = 0.0
    /// Since when the group wants everything back; nil: it doesn't.
    var revokingSince: Double?
    var isRevoking: Bool { revokingSince != nil }
    /// Shards that have been full for a while: they are not read.
    var held: Set<Int> = []
    /// Whether a shard that is read has no room for another record.
    private(set) var isAnyDeskFull = false
    private var wasStopAsked = false
    /// Whether a stop that is asked for leaves the group.
    package var leavesGroup = false
    private var drainBegan: Double?
    private var end: Stop?

    package init(
        transport: any Transport,
        clock: any Clock,
        reporter: HealthReporter,
        site: KafkaSite,
        reader: ReaderSettings,
        mode: EventWriter.Mode,
        log: Logger,
        marker: CrashMarker = CrashMarker(),
        limits: TransactionLimits = TransactionLimits()
    ) {
        self.transport = transport
        self.clock = clock
        self.reporter = reporter
        self.site = site
        self.mode = mode
        self.reader = EventReader(reader)
        self.writer = EventWriter(groupID: site.group, mode: mode, policy: reader.policy)
        self.log = log
        self.marker = marker
        self.limits = limits
        leavesGroup = site.leavesOnStop
    }

    // MARK: The loop

    /// Runs until asked to stop, or until only a person can help.
    ///
    /// - Parameter isStopAsked: Asked once a turn.
    /// - Returns: The exit code.
    package func run(until isStopAsked: () -> Bool) -> ExitCode {
        transport.start()
        reporter.asked(at: clock.uptime)
        while true {
            if let code = advance(isStopAsked: isStopAsked()) { return code }
        }
    }

    /// One turn of the loop.
    ///
    /// - Returns: The exit code after the last one, else nil.
    package func advance(isStopAsked: Bool) -> ExitCode? {
        turn()
        if isStopAsked, !wasStopAsked { beginDrain() }
        guard end != nil || wasStopAsked && isDrained else { return nil }
        finish()
        transport.stop(end.map { .fail($0.code) } ?? (leavesGroup ? .leave : .stay))
        return end?.code ?? .stopped
    }

    private func turn() {
        now = watch.now(clock)
        turnBegan = clock.uptime
        holdFull()
        isAnyDeskFull = runtimes.values.contains { $0.isFull && !held.contains($0.number) }
        let takesRecords = !isAnyDeskFull && !isRevoking && !wasStopAsked
        var wait = self.wait
        var count = 0
        while count < Self.turnMax, end == nil,
            let transportEvent = transport.next(waitMilliseconds: wait, withRecords: takesRecords)
        {
            if count == 0 { now = watch.now(clock) }
            handle(transportEvent)
            wait = 0
            count += 1
            if takesRecords, isAnyDeskFull { break }
        }
        openDesks()
        letTimePass()
        commit()
        finishRevoking()
        reporter.turn(self, isDraining: wasStopAsked)
    }

    /// How long the turn may wait for something to happen: not long when there is something to do again,
    /// and not at all while those who wait are still being looked at.
    private var wait: Int32 {
        if runtimes.values.contains(where: { $0.shard.isUnfinished && !$0.isLoaded }) { return 0 }
        return runtimes.values.contains(where: \.hasPostponed) ? 50 : Self.waitMilliseconds
    }

    private func handle(_ transportEvent: TransportEvent) {
        switch transportEvent {
        case .record(let record): take(record)
        case .endOfPartition(let place, let offset): take(endOf: place, at: offset)
        case .standby(let count): reporter.standby = count
        case .committed(let shard): committed(shard)
        case .aborted(let shard, let topic): aborted(shard, refusedBy: topic)
        case .ends(let ends, let askedAt): learn(ends, askedAt: askedAt)
        case .roster(let records, let next, let isWhole):
            take(roster: records, next: next, isWhole: isWhole)
        case .verified(let ground): verified(ground)
        case .assigned(let places): assigned(places)
        case .revoked(_, let isLost): revoked(isLost: isLost)
        case .restoring(let shard, let read, let goal): restoring(shard, read: read, of: goal)
        case .takenOver(let taken): takenOver(taken)
        case .lost(let shard, let error, let writer): lost(shard, error, by: writer)
        case .topicsAreBack: retakeAll()
        case .inspected(let findings): learn(findings)
        case .trouble(let trouble, let error, let shard):
            reporter.trouble(trouble, error.description, of: shard, log, at: clock.uptime)
        case .recovered(let trouble, let shard): reporter.recovered(trouble, of: shard, log)
        case .stop(let stop): fail(stop)
        }
    }

    /// Ends the loop: only a person can help.
    func fail(_ stop: Stop) {
        end = stop
        log.critical(
            "stopping",
            metadata: ["code": "\(stop.code.rawValue)", "reason": "\(stop.message)"].merging(
                stop.remedy.isEmpty ? [:] : ["remedy": "\(stop.remedy)"]
            ) { $1 }
        )
    }

    // MARK: Stopping

    private func beginDrain() {
        wasStopAsked = true
        drainBegan = clock.uptime
        log.notice(
            "asked to stop: committing what is under way",
            metadata: ["leaves_group": "\(leavesGroup)"]
        )
        reporter.stopping()
    }

    private var isDrained: Bool {
        if runtimes.values.allSatisfy(\.isIdle) { return true }
        return clock.uptime - (drainBegan ?? 0) > Self.drainSeconds
    }

    private func finish() {
        let left = runtimes.values.filter { !$0.isIdle }.count
        if left > 0 {
            log.warning(
                "stopped before all was committed; the next start does it again",
                metadata: ["shards": "\(left)"]
            )
        }
        reporter.finish(self, end)
    }

    /// The shards that are ours and ready, in their order: the same run gives the same order.
    var sortedDesks: [ShardRuntime] { runtimes.values.sorted { $0.number < $1.number } }

    /// A shard that is ours and ready, as it is now.
    package func shard(_ number: Int) -> Shard? { runtimes[number]?.shard }

    // MARK: The policy

    /// By which everything is decided.
    package var policy: Policy { reader.settings.policy }

    /// Decides by another policy from the next event on, and looks again at everything that waits.
    ///
    /// Called between two turns.
    package func adopt(_ policy: Policy) {
        var settings = reader.settings
        settings.policy = policy
        reader = EventReader(settings)
        writer = EventWriter(groupID: site.group, mode: mode, policy: policy)
        for runtime in sortedDesks {
            runtime.fill { transaction, shard in
                shard.adopt(policy)
                shard.reassess(into: &outbox)
                tell(into: &transaction)
            }
        }
    }

    /// Settings that were to be read anew are wrong, or no longer: health tells it.
    package func settingsAreRefused(_ areRefused: Bool) { reporter.areSettingsRefused = areRefused }

    // MARK: Transactions

    /// Called whenever something was written, so that nothing more is read for a shard without room.
    func noteIfFull(_ runtime: ShardRuntime) {
        if runtime.isFull, !held.contains(runtime.number) { isAnyDeskFull = true }
    }

    private func commit() {
        for runtime in sortedDesks {
            guard let closed = close(runtime) else { continue }
            if transport.commit(closed) {
                reporter.recovered(.membership, log)
            } else {
                runtime.postpone()
                reporter.trouble(
                    .membership,
                    "the group doesn't count us as a member",
                    log,
                    at: clock.uptime
                )
            }
        }
    }

    private func close(_ runtime: ShardRuntime) -> Transaction? {
        guard runtime.mayClose else { return nil }
        marker.begin(.state(of: runtime.number))
        defer { marker.pause() }
        return runtime.close(mark)
    }

    /// Where we are, as meta records say it.
    var mark: SiteMark {
        SiteMark(
            shards: shards,
            writer: site.instance,
            cluster: cluster,
            roster: roster.next,
            rosterFingerprints: roster.fingerprints()
        )
    }

    private func committed(_ shard: Int) {
        guard let runtime = runtimes[shard] else { return }
        if let transaction = runtime.underWay { reporter.committed(transaction, at: clock.now) }
        runtime.committed()
    }

    private func aborted(_ shard: Int, refusedBy topic: String?) {
        guard let runtime = runtimes[shard] else { return }
        runtime.postpone()
        reporter.aborted()
        if topic == site.name(Topic.deadLetters) { shrinkDeadLetters(of: runtime) }
    }
}
