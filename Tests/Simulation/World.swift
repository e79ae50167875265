import Logging
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionTesting
import OpinionWire

/// One run: brokers, group, processes, and the people outside, on one clock and one seed.
final class World {
    /// The first moment of a run.
    ///
    /// Of one that grows old ten minutes before a Monday, 2026-11-23 00:00 UTC, since nothing is
    /// forgotten in the week in which it ended. All others begin at 2026-11-22 10:00 UTC.
    let begin: Int64
    private static let monday: Int64 = 1_795_392_000_000

    var chance: Chance
    var agenda = Agenda()
    private(set) var now: Int64
    private(set) var faults: Faults
    let broker: SimulatedBroker
    private(set) lazy var group = SimulatedGroup(shards: broker.shards) {
        [unowned self] in notify($0, $1)
    }
    var workers = 0
    private(set) lazy var witness = Witness(
        shards: broker.shards,
        site("witness"),
        scene: { [unowned self] in outside.scene },
        read: { [unowned self] in broker.read($0, from: $1) }
    )
    private(set) lazy var outside = Outside(self, seed: seed)
    private var processes: [Process] = []
    private let names: [String]
    /// How far the wall clock of each instance's machine is off, in milliseconds.
    private(set) var skews: [String: Int64] = [:]
    private(set) var tally = SimulationTally()
    /// What went wrong before the end, in words.
    private(set) var offences: [String] = []
    /// A number that is the same for the same run.
    private(set) var trace: UInt64 = 0

    let terms: Terms
    private let seed: UInt64
    private let listener: Telling.Listener?

    /// - Parameters:
    ///   - seed: Decides everything.
    ///   - listener: Hears what happens; nil: nobody does, which is quicker.
    init(seed: UInt64, listener: Telling.Listener? = nil) {
        self.seed = seed
        terms = Terms(seed: seed)
        begin = terms.growsOld ? Self.monday - 600_000 : Self.monday - 14 * 3_600_000
        now = begin
        self.listener = listener
        chance = Chance(seed: seed)
        let shards = chance.within(1...4)
        faults = Faults(&chance)
        broker = SimulatedBroker(shards: shards)
        names = (0..<chance.within(1...3)).map { "opiniond-\($0)" }
    }

    /// Milliseconds that one way over the network takes.
    var delay: Int64 {
        Int64(chance.percent(faults.slowness) ? chance.within(200...3_000) : chance.within(1...5))
    }

    // MARK: Running

    /// Runs until all is at rest, or for too long.
    func run() {
        broker.onCommit = { [unowned self] records, offsets in
            witness.take(records, offsets)
            offences += witness.offences
        }
        outside.begin()
        for name in names { start(name) }
        every(1_000) { [self] in group.expire(at: now) }
        every(500) { [self] in misfortune() }
        // Whoever believes a clock that is off forgets too soon, and the scene would not know.
        if !terms.growsOld { every(2_000) { [self] in step() } }
        let end = now + 3_600_000
        while !outside.isDone, offences.isEmpty, now < end, let item = agenda.next() {
            now = item.at
            item.action()
        }
        if !outside.isDone, offences.isEmpty {
            offences.append("no rest within an hour: \(outside.state)")
        }
    }

    /// Lets go of everything: what is still to happen holds the world, and the world what is to happen.
    func end() {
        agenda = Agenda()
        processes = []
        broker.onCommit = { _, _ in }
    }

    func every(_ milliseconds: Int64, _ action: @escaping () -> Void) {
        agenda.note(at: now + milliseconds) { [self] in
            action()
            every(milliseconds, action)
        }
    }

    /// Faults end, and whoever sleeps or is down comes back.
    func calm() {
        tell("all is calm from here")
        faults = .none
        skews = [:]
        for number in processes.indices where processes[number].isAlive { wake(number) }
        for name in names where running(name) == nil { start(name) }
    }

    func noteCommit() { trace = StableHash.combine(trace, UInt64(now)) }

    /// Whether all that was sent has been answered, by the one owner of each shard.
    var isQuiet: Bool {
        (0..<broker.shards).allSatisfy { shard in
            owned(shard).map(isAtRest) == true
                && [Topic.requests, Topic.responses].allSatisfy { topic in
                    let place = TopicPartition(topic, Int32(shard))
                    let next = broker.committed[place] ?? 0
                    return broker.read(place, from: next).record == nil && broker.isSettled(place)
                }
        }
    }

    /// Whether nothing is to be judged or to be written.
    private func isAtRest(_ shard: Shard) -> Bool {
        isJudged(shard) && !shard.isTouched && shard.digest == witness.digest(of: shard.number)
    }

    /// Whether nobody's leaving is still to be judged, but where somebody's wrong clock has stopped time.
    func isJudged(_ shard: Shard) -> Bool {
        !shard.hasLeaving || Moment(milliseconds: now) < shard.decidedAt
    }

    /// The shard as its owner has it; nil when nobody or more than one says so.
    func owned(_ shard: Int) -> Shard? {
        let owners = processes.filter(\.isAlive).compactMap { $0.service.shard(shard) }
        return owners.count == 1 ? owners[0] : nil
    }

    func site(_ name: String) -> KafkaSite {
        KafkaSite(group: "g", instance: name, prefix: "", properties: [], policy: terms.policy)
    }

    /// Lets so much time pass that all that ended is forgotten.
    func growOld() {
        let end = max(now + Terms.retention, Self.monday) + 120_000
        while now < end, let item = agenda.next() {
            now = item.at
            item.action()
        }
    }

    // MARK: Processes

    final class Process {
        let name: String
        var isAlive = true
        var isAsleep = false
        /// What came while it slept.
        var missed: [() -> Void] = []
        var isStopAsked = false
        /// When the last word of the group arrives.
        var heardAt: Int64 = 0
        let cluster: SimulatedCluster
        let service: Service

        fileprivate init(_ name: String, _ cluster: SimulatedCluster, _ service: Service) {
            self.name = name
            self.cluster = cluster
            self.service = service
        }
    }

    /// Does something for a process: at once, when it wakes, or never.
    func perform(_ number: Int, _ action: @escaping () -> Void) {
        let process = processes[number]
        guard process.isAlive else { return }
        if process.isAsleep { process.missed.append(action) } else { action() }
    }

    /// Tells a process what its group says, in the order in which it is said.
    private func notify(_ number: Int, _ notice: SimulatedGroup.Notice) {
        let process = processes[number]
        process.heardAt = max(process.heardAt, now + delay)
        agenda.note(at: process.heardAt) { [self] in
            perform(number) { process.cluster.hear(notice) }
        }
    }

    /// Does at once what came while the process slept.
    private func wake(_ number: Int) {
        let process = processes[number]
        guard process.isAlive, process.isAsleep else { return }
        process.isAsleep = false
        tell("\(process.name) wakes")
        let missed = process.missed
        process.missed = []
        for action in missed { perform(number, action) }
    }

    private func running(_ name: String) -> Process? {
        processes.last { $0.name == name && $0.isAlive }
    }

    private func start(_ name: String) {
        tell("\(name) starts")
        let number = processes.count
        let cluster = SimulatedCluster(self, process: number, site(name))
        processes.append(Process(name, cluster, service(name, cluster)))
        cluster.start()
        turn(number)
        beat(number)
    }

    private func service(_ name: String, _ cluster: SimulatedCluster) -> Service {
        Service(
            transport: cluster,
            clock: MachineClock(world: self, name: name),
            reporter: Reporter(
                output: LineOutput(sink: Self.sink, format: .logfmt, isJournal: false),
                systemd: Systemd(environment: [:]),
                metricsFile: "",
                intervalSeconds: 3_600,
                kafkaLog: site(name).log
            ),
            site: site(name),
            reader: ReaderSettings(policy: terms.policy),
            mode: .structured,
            log: Logger(label: name) { [self] in handler($0) },
            limits: limits
        )
    }

    private func handler(_ name: String) -> any LogHandler {
        guard let listener else { return SwiftLogNoOpLogHandler() }
        return Telling(name: name, clock: WorldClock(world: self), listener: listener)
    }

    /// Tells a listener what befell a process, or all.
    private func tell(_ what: @autoclosure () -> String) {
        guard let listener else { return }
        Telling(name: "world", clock: WorldClock(world: self), listener: listener).say(what())
    }

    /// In some runs transactions are soon full.
    private lazy var limits: TransactionLimits = {
        var limits = TransactionLimits()
        limits.records = chance.pick([limits.records, limits.records, 8, 2])
        return limits
    }()

    private static let sink = LineSink(write: { _ in })

    private func turn(_ number: Int) {
        perform(number) { [self] in
            let process = processes[number]
            if let code = process.service.advance(isStopAsked: process.isStopAsked) {
                return ended(process, code)
            }
            let wait = process.cluster.hasMail ? chance.within(0...2) : chance.within(1...40)
            agenda.note(at: now + Int64(wait)) { [self] in turn(number) }
        }
    }

    private func beat(_ number: Int) {
        perform(number) { [self] in
            processes[number].cluster.heartbeat()
            agenda.note(at: now + 3_000) { [self] in beat(number) }
        }
    }

    private func ended(_ process: Process, _ code: ExitCode) {
        tell("\(process.name) ended with \(code)")
        process.isAlive = false
        if code != .stopped { offences.append("\(process.name) ended with \(code)") }
        tally.stops += 1
        startLater(process.name)
    }

    func ended(_ cluster: SimulatedCluster) {}

    private func startLater(_ name: String) {
        let isLong = chance.percent(20)
        let pause = Int64(isLong ? chance.within(50_000...90_000) : chance.within(100...5_000))
        agenda.note(at: now + pause) { [self] in
            if running(name) == nil { start(name) }
        }
    }

    // MARK: Misfortune

    private func misfortune() {
        guard chance.percent(faults.misfortunes), let process = chance.pick(names.map(running))
        else { return }
        switch chance.below(10) {
        case 0..<5: kill(process)
        case 5..<8: sleep(process)
        default: process.isStopAsked = true
        }
    }

    /// Somebody sets the clock of a machine, and may set it right again; not where the week matters.
    private func step() {
        guard chance.percent(faults.steps), !terms.growsOld else { return }
        let name = chance.pick(names)
        let size = Int64(chance.pick([7_000, 60_000, 1_200_000, 7_200_000]))
        skews[name] = chance.pick([0, -size, size])
        tally.steps += 1
        tell("the clock of \(name) is off by \(skews[name] ?? 0) ms")
    }

    private func kill(_ process: Process) {
        tell("\(process.name) is killed")
        process.isAlive = false
        tally.kills += 1
        startLater(process.name)
    }

    /// Stopped by a debugger, a full disk, a machine that was suspended.
    private func sleep(_ process: Process) {
        guard !process.isAsleep, let number = processes.firstIndex(where: { $0 === process })
        else { return }
        let isLong = chance.percent(50)
        let pause = isLong ? chance.within(46_000...120_000) : chance.within(100...10_000)
        process.isAsleep = true
        agenda.note(at: now + Int64(pause)) { [self] in wake(number) }
        tally.sleeps += 1
        tell("\(process.name) sleeps for \(pause) ms")
    }
}

/// How often what goes wrong, in a hundred.
struct Faults {
    /// A poll comes back empty though there is more.
    var pauses = 0
    var regressions = 0
    var takeovers = 0
    var aborts = 0
    /// The end of a transaction isn't answered.
    var unknowns = 0
    /// EndTxn is sent twice.
    var repetitions = 0
    /// The client has no place in its group for a moment, and takes no commit.
    var absences = 0
    var slowness = 0
    /// Each half second, that something happens to a process.
    var misfortunes = 0
    /// Each two seconds, that somebody sets a clock.
    var steps = 0

    static let none = Faults()

    private init() {}

    init(_ chance: inout Chance) {
        pauses = chance.pick([2, 10, 40])
        regressions = chance.pick([0, 30])
        takeovers = chance.pick([0, 20])
        aborts = chance.pick([0, 3, 15])
        unknowns = chance.pick([0, 3, 10])
        repetitions = chance.pick([0, 3, 10])
        absences = chance.pick([0, 0, 5])
        slowness = chance.pick([0, 1, 10])
        misfortunes = chance.pick([0, 2, 10])
        steps = chance.pick([0, 0, 5, 30])
    }
}

/// What happened in a run.
package struct SimulationTally: Sendable {
    package var kills = 0
    package var sleeps = 0
    package var stops = 0
    /// Clocks that were set.
    package var steps = 0
}

/// The clock of the world, for a process.
struct WorldClock: Clock {
    unowned let world: World

    var now: Moment { Moment(milliseconds: world.now) }
    var uptime: Double { Double(world.now - world.begin) / 1_000 }
    var nanoseconds: UInt64 { UInt64(world.now) * 1_000_000 }
}

/// The clocks of one instance's machine: the wall clock may be off.
struct MachineClock: Clock {
    unowned let world: World
    let name: String

    var now: Moment { Moment(milliseconds: world.now + (world.skews[name] ?? 0)) }
    var uptime: Double { Double(world.now - world.begin) / 1_000 }
    var nanoseconds: UInt64 { UInt64(world.now) * 1_000_000 }
}
