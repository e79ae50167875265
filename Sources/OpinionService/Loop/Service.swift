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
///
/// It holds more than a dozen things: first what it works with, then its state in parts, each of which says what it is
/// for.
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
    let log: Logger
    let marker: CrashMarker

    var codec: Codec
    var topics = TopicFacts()
    var roster = RosterState()
    var shards: ShardTable
    var inputs = InputWatch()
    var time = LoopTime()
    var ending = Ending.running
    /// Whether a stop that is asked for leaves the group.
    package var leavesGroup: Bool
    /// Whether the settings last read by SIGHUP were wrong, so that the old ones are in force.
    package var areSettingsRefused = false

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
        self.log = log
        self.marker = marker
        codec = Codec(reader, group: site.group, mode: mode)
        shards = ShardTable(limits: limits, sessionSeconds: site.sessionSeconds)
        leavesGroup = site.leavesOnStop
    }

    // MARK: The loop

    /// Runs until asked to stop, or until only a person can help.
    ///
    /// - Parameter isStopAsked: Asked once a turn.
    /// - Returns: The exit code.
    package func run(until isStopAsked: () -> Bool) -> ExitCode {
        transport.start()
        inputs.ends.ask(at: clock.uptime)
        while true {
            if let code = advance(isStopAsked: isStopAsked()) { return code }
        }
    }

    /// One turn of the loop.
    ///
    /// - Returns: The exit code after the last one, else nil.
    package func advance(isStopAsked: Bool) -> ExitCode? {
        turn()
        if isStopAsked { beginDrain() }
        guard isOver else { return nil }
        finish()
        let stop = ending.stop
        transport.stop(stop.map { .fail($0.code) } ?? (leavesGroup ? .leave : .stay))
        return stop?.code ?? .stopped
    }

    private func turn() {
        time.beginTurn(clock)
        holdFull()
        shards.lookForFull()
        handleEvents()
        startReadyShards()
        letTimePass()
        commit()
        finishRevoking()
        reporter.turn(status)
    }

    /// Handles what has happened, and waits for the first of it.
    private func handleEvents() {
        let takesRecords = !shards.isAnyFull && !shards.isRevoking && !ending.isDraining
        var wait = self.wait
        var count = 0
        while count < Self.turnMax, ending.stop == nil,
            let event = transport.next(waitMilliseconds: wait, withRecords: takesRecords)
        {
            if count == 0 { time.look(clock) }
            handle(event)
            wait = 0
            count += 1
            if takesRecords, shards.isAnyFull { break }
        }
    }

    /// How long the turn may wait for something to happen: not long when there is something to do again,
    /// and not at all while those who wait are still being looked at.
    private var wait: Int32 {
        if shards.runtimes.values.contains(where: { $0.shard.isUnfinished && !$0.isAtLimit }) {
            return 0
        }
        return shards.runtimes.values.contains(where: \.hasPostponed) ? 50 : Self.waitMilliseconds
    }

    private func handle(_ transportEvent: TransportEvent) {
        switch transportEvent {
        case .record(let record): take(record)
        case .endOfPartition(let place, let offset): take(endOf: place, at: offset)
        case .standby(let count): shards.standby = count
        case .committed(let shard): committed(shard)
        case .aborted(let shard, let topic): aborted(shard, refusedBy: topic)
        case .ends(let ends, let askedAt): learn(ends, askedAt: askedAt)
        case .roster(let records, let next, let isWhole):
            take(roster: records, next: next, isWhole: isWhole)
        case .verified(let facts): verified(facts)
        case .assigned(let places): assigned(places)
        case .revoked(_, let isLost): revoked(isLost: isLost)
        case .restoring(let shard, let read, let goal): restoring(shard, read: read, of: goal)
        case .takenOver(let taken): takenOver(taken)
        case .lost(let shard, let error, let writer): lost(shard, error, by: writer)
        case .topicsAreBack: retakeAll()
        case .inspected(let findings): learn(findings)
        case .trouble(let trouble, let error, let shard):
            reporter.trouble(trouble, error.description, of: shard, at: clock.uptime)
        case .recovered(let trouble, let shard): reporter.recovered(trouble, of: shard)
        case .stop(let stop): fail(stop)
        }
    }

    // MARK: The policy

    /// By which everything is decided.
    package var policy: Policy { codec.policy }

    /// Decides by another policy from the next event on, and looks again at everything that waits.
    ///
    /// Called between two turns.
    package func adopt(_ policy: Policy) {
        codec.adopt(policy)
        for runtime in shards.sorted {
            runtime.fill { transaction, shard in
                shard.adopt(policy)
                shard.reassess(into: &codec.outbox)
                tell(into: &transaction)
            }
        }
    }

    /// A shard that is ours and ready, as it is now.
    package func shard(_ number: Int) -> Shard? { shards.runtimes[number]?.shard }
}
