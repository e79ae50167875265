import KafkaTransport
import OpinionFlow
import OpinionMatching
import OpinionService
import OpinionTesting
import OpinionWire

/// The brokers as one process of the daemon sees them: ``Transport`` with delays, failures and a seed.
///
/// As with the real one, what other threads did comes before what is polled, and a rebalance is only
/// seen when something is polled. Every step that goes over the network is two events of the agenda,
/// there and back, and the process may die, sleep or be fenced between any two.
final class SimulatedCluster: Transport {
    let process: Int
    let world: World
    let site: KafkaSite
    /// What workers say, each with its number.
    private var letters: [(worker: Int?, transportEvent: TransportEvent)] = []
    private var notices: [SimulatedGroup.Notice] = []
    private var positions: [TopicPartition: Int64] = [:]
    private var ended: Set<TopicPartition> = []
    var epochs: [Int: Int] = [:]
    /// Which order a shard's worker last got; answers to earlier workers still come.
    var workers: [Int: Int] = [:]
    var isMember = false
    private var isDraining = false
    /// The group has put this process out, and the loop doesn't know yet.
    private var isLost = false
    var generation = 0
    /// What is left of shards that were ours, and what was read along of those that weren't.
    private var warm: [Int: WarmShard] = [:]
    /// The next offset of the state behind our last commit.
    var stateEnds: [Int: Int64] = [:]

    init(_ world: World, process: Int, _ site: KafkaSite) {
        self.world = world
        self.process = process
        self.site = site
    }

    /// Whether something waits to be taken.
    var hasMail: Bool { !letters.isEmpty || !notices.isEmpty }

    // MARK: Happenings

    func next(waitMilliseconds: Int32, withRecords: Bool) -> TransportEvent? {
        while !letters.isEmpty {
            let letter = letters.removeFirst()
            if letter.worker == nil || workers.values.contains(letter.worker ?? 0) {
                return letter.transportEvent
            }
        }
        guard withRecords else { return nil }
        if let transportEvent = nextNotice() { return transportEvent }
        guard !isDraining, !world.chance.percent(world.faults.pauses) else { return nil }
        return nextRecord()
    }

    func say(_ transportEvent: TransportEvent, _ worker: Int? = nil) {
        letters.append((worker, transportEvent))
    }

    func hear(_ notice: SimulatedGroup.Notice) { notices.append(notice) }

    /// Reads the state of some shards that are not ours along.
    private func readAlong() {
        for shard in 0..<world.broker.shards where workers[shard] == nil {
            guard world.chance.percent(50) else { continue }
            warm[shard] = world.broker.readAlong(shard, site, from: warm[shard])
        }
    }

    /// The group no longer knows this process: it slept too long.
    func heartbeat() {
        readAlong()
        guard isMember, !world.group.beat(site.instance, process: process, at: world.now) else {
            return
        }
        isMember = false
        isDraining = true
        notices = []
        isLost = true
    }

    private func nextNotice() -> TransportEvent? {
        if isLost {
            isLost = false
            return .revoked([], isLost: true)
        }
        guard !notices.isEmpty else { return nil }
        switch notices.removeFirst() {
        case .assigned(let shards):
            isMember = true
            isDraining = false
            generation = world.group.generation
            positions = [:]
            return .assigned(places(shards))
        case .revoked:
            isDraining = true
            return .revoked([], isLost: false)
        case .fenced:
            return .stop(Stop(.fenced, "another process has this name"))
        }
    }

    private func places(_ shards: [Int]) -> [TopicPartition] {
        site.inputs.flatMap { topic in shards.map { TopicPartition(topic, Int32($0)) } }
    }

    private var sortedPlaces: [TopicPartition] {
        positions.keys.sorted { ($0.topic, $0.partition) < ($1.topic, $1.partition) }
    }

    /// A record of some partition, or the word that one has been read to its end.
    private func nextRecord() -> TransportEvent? {
        for place in world.chance.shuffle(sortedPlaces) {
            let from = positions[place] ?? 0
            let (record, next) = world.broker.read(place, from: from)
            positions[place] = next
            if let record {
                ended.remove(place)
                return .record(record)
            }
            if next > from || ended.insert(place).inserted {
                ended.insert(place)
                return .endOfPartition(place, offset: next)
            }
        }
        return nil
    }

    // MARK: Beginning

    func start() {
        after { [self] in
            do throws(Stop) {
                say(.verified(try world.broker.facts(site)))
            } catch {
                return say(.stop(error))
            }
            after { [self] in
                world.group.join(site.instance, process: process, at: world.now)
            }
            readRoster(from: 0)
        }
    }

    /// The roster in pieces, up to where it ended when it was looked at.
    private func readRoster(from offset: Int64) {
        after { [self] in
            let place = TopicPartition(Topic.specialists, 0)
            var records: [Record] = []
            var next = offset
            while records.count < world.chance.within(1...40) {
                let (record, behind) = world.broker.read(place, from: next)
                next = behind
                guard let record else { break }
                records.append(record)
            }
            let isWhole = world.broker.read(place, from: next).record == nil
            say(.roster(records, next: [next], isWhole: isWhole))
            if !isWhole { readRoster(from: next) }
        }
    }

    // MARK: Reading

    func fetch(_ positions: [(TopicPartition, Int64)]) {
        guard isMember, !isDraining else { return }
        self.positions = Dictionary(uniqueKeysWithValues: positions)
        ended = []
        guard world.chance.percent(world.faults.regressions) else { return }
        // Librdkafka has had bugs that rewind a partition: what was read comes once more.
        for place in sortedPlaces {
            self.positions[place] = max(
                0,
                (self.positions[place] ?? 0) - Int64(world.chance.below(5))
            )
        }
    }

    func unassign() {
        isDraining = false
        positions = [:]
        after { [self] in
            isMember = true
            world.group.join(site.instance, process: process, at: world.now)
        }
    }

    func askEnds(of partitions: [TopicPartition], at now: Moment) {
        after { [self] in
            let ends = partitions.map {
                (
                    $0,
                    InputEnd(stable: world.broker.stableEnd(of: $0), high: world.broker.end(of: $0))
                )
            }
            after { [self] in
                say(.ends(Dictionary(uniqueKeysWithValues: ends), askedAt: now))
            }
        }
    }

    // MARK: Shards

    func takeOver(_ shard: Int, by policy: Policy) {
        let worker = startCommitter(shard)
        after { [self] in tryToTakeOver(shard, worker, by: policy) }
    }

    func release(_ shard: Int, parked: ParkedShard?) {
        if let parked, let end = stateEnds[shard] { warm[shard] = parked.warm(at: end) }
        // What its worker does at the moment goes on, and its answer still comes.
        workers[shard] = nil
        epochs[shard] = nil
    }

    func inspect(_ marks: [LogMark]) {
        after { [self] in
            let findings = world.broker.findings(marks)
            after { [self] in say(.inspected(findings)) }
        }
    }

    func stop(_ end: TransportEnd) {
        guard end == .leave else { return }
        world.group.leave(site.instance, process: process)
    }

    private func startCommitter(_ shard: Int) -> Int {
        world.workers += 1
        workers[shard] = world.workers
        return world.workers
    }

    private func tryToTakeOver(_ shard: Int, _ worker: Int, by policy: Policy) {
        guard workers[shard] == worker else { return }
        guard !world.chance.percent(world.faults.takeovers) else {
            say(.trouble(.takeover, Self.error(.retry), of: shard), worker)
            return after(100...2_000) { [self] in
                tryToTakeOver(shard, worker, by: policy)
            }
        }
        let epoch = world.broker.initTransactions(site.transactionalID(of: shard))
        after { [self] in
            guard workers[shard] == worker else { return }
            epochs[shard] = epoch
            after { [self] in restore(shard, worker, by: policy) }
        }
    }

    private func restore(_ shard: Int, _ worker: Int, by policy: Policy) {
        guard workers[shard] == worker else { return }
        say(.recovered(.takeover, of: shard), worker)
        do throws(Stop) {
            let end = world.broker.end(of: TopicPartition(Topic.state, Int32(shard)))
            stateEnds[shard] = end
            let taken = try world.broker.restored(
                shard,
                site,
                by: policy,
                from: warm.removeValue(forKey: shard)
            )
            after { [self] in
                guard workers[shard] == worker else { return }
                say(.takenOver(taken), worker)
            }
        } catch {
            say(.stop(error), worker)
        }
    }

    // MARK: Time

    /// Later, if this process still lives then; when it sleeps, as soon as it wakes.
    func after(_ range: ClosedRange<Int>? = nil, _ action: @escaping () -> Void) {
        let delay = range.map { Int64(world.chance.within($0)) } ?? world.delay
        world.agenda.note(at: world.now + delay) { [self] in
            world.machines.perform(process, action)
        }
    }

    static func error(_ reaction: KafkaError.Reaction) -> KafkaError {
        KafkaError(code: 1, message: "simulated", reaction: reaction, attempted: "simulating")
    }
}
