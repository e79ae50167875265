import Logging
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionTesting
import OpinionWire

/// The instances of a run, each on a machine of its own: they start, stop, sleep, die and come back.
final class Machines {
    unowned let world: World
    let names: [String]
    private(set) var processes: [Process] = []
    /// How far the wall clock of each instance's machine is off, in milliseconds.
    var skews: [String: Int64] = [:]
    var tally = SimulationTally()
    /// The run is over: nobody starts by themselves any more, and whoever ends is asked why.
    var isOver = false
    /// With which codes processes have ended since.
    private(set) var ends: [ExitCode] = []

    init(_ world: World, count: Int) {
        self.world = world
        names = (0..<count).map { "opiniond-\($0)" }
    }

    func begin() {
        for name in names { start(name) }
    }

    /// Clocks are set right, and whoever sleeps or is down comes back.
    func calm() {
        skews = [:]
        for number in processes.indices where processes[number].isAlive { wake(number) }
        for name in names where running(name) == nil { start(name) }
    }

    func startAll() {
        for name in names { start(name) }
    }

    /// Ends all processes at once.
    func killAll() {
        for process in processes { process.isAlive = false }
    }

    /// Lets go of all processes.
    func end() { processes = [] }

    /// The shard as its owner has it; nil when nobody or more than one says so.
    func owned(_ shard: Int) -> Shard? {
        let owners = processes.filter(\.isAlive).compactMap { $0.service.shard(shard) }
        return owners.count == 1 ? owners[0] : nil
    }

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
    func notify(_ number: Int, _ notice: SimulatedGroup.Notice) {
        let process = processes[number]
        process.heardAt = max(process.heardAt, world.now + world.delay)
        world.agenda.note(at: process.heardAt) { [self] in
            perform(number) { process.cluster.hear(notice) }
        }
    }

    /// Does at once what came while the process slept.
    func wake(_ number: Int) {
        let process = processes[number]
        guard process.isAlive, process.isAsleep else { return }
        process.isAsleep = false
        world.tell("\(process.name) wakes")
        let missed = process.missed
        process.missed = []
        for action in missed { perform(number, action) }
    }

    /// Has each process read the settings anew, one after the other.
    func readSettings() {
        for (number, process) in processes.enumerated() where process.isAlive {
            let delay = Int64(world.chance.within(0...5_000))
            world.agenda.note(at: world.now + delay) { [self] in
                perform(number) { [world] in process.service.adopt(world.policy) }
            }
        }
    }

    func running(_ name: String) -> Process? {
        processes.last { $0.name == name && $0.isAlive }
    }

    private func start(_ name: String) {
        world.tell("\(name) starts")
        let number = processes.count
        let cluster = SimulatedCluster(world, process: number, world.site(name))
        processes.append(Process(name, cluster, service(name, cluster)))
        cluster.start()
        turn(number)
        beat(number)
    }

    private func service(_ name: String, _ cluster: SimulatedCluster) -> Service {
        let log = Logger(label: name) { [world] in world.handler($0) }
        return Service(
            transport: cluster,
            clock: MachineClock(world: world, name: name),
            reporter: HealthReporter(
                output: LineOutput(sink: Self.sink, format: .logfmt, isJournal: false),
                systemd: Systemd(environment: [:]),
                metricsFile: "",
                intervalSeconds: 3_600,
                kafkaLog: world.site(name).log,
                log: log
            ),
            site: world.site(name),
            reader: ReaderSettings(policy: world.policy),
            mode: .structured,
            log: log,
            limits: limits
        )
    }

    /// In some runs transactions are soon full.
    private lazy var limits: TransactionLimits = {
        var limits = TransactionLimits()
        limits.records = world.chance.pick([limits.records, limits.records, 8, 2])
        return limits
    }()

    private static let sink = LineSink(write: { _ in })

    private func turn(_ number: Int) {
        perform(number) { [self] in
            let process = processes[number]
            if let code = process.service.advance(isStopAsked: process.isStopAsked) {
                return ended(process, code)
            }
            let wait =
                process.cluster.hasMail ? world.chance.within(0...2) : world.chance.within(1...40)
            world.agenda.note(at: world.now + Int64(wait)) { [self] in turn(number) }
        }
    }

    private func beat(_ number: Int) {
        perform(number) { [self] in
            processes[number].cluster.heartbeat()
            world.agenda.note(at: world.now + 3_000) { [self] in beat(number) }
        }
    }

    private func ended(_ process: Process, _ code: ExitCode) {
        world.tell("\(process.name) ended with \(code)")
        process.isAlive = false
        guard !isOver else { return ends.append(code) }
        if code != .stopped { world.note(offence: "\(process.name) ended with \(code)") }
        tally.stops += 1
        startLater(process.name)
    }

    func startLater(_ name: String) {
        let isLong = world.chance.percent(20)
        let pause = Int64(
            isLong ? world.chance.within(50_000...90_000) : world.chance.within(100...5_000)
        )
        world.agenda.note(at: world.now + pause) { [self] in
            if running(name) == nil, !isOver { start(name) }
        }
    }
}
