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
        [unowned self] in machines.notify($0, $1)
    }
    var workers = 0
    private(set) lazy var witness = Witness(
        shards: broker.shards,
        site("witness"),
        by: terms.loosest,
        scene: { [unowned self] in outside.scene },
        read: { [unowned self] in broker.read($0, from: $1) },
        writtenAt: { [unowned self] in
            machines.tally.steps == 0 ? broker.writtenAt($0, from: $1) : nil
        }
    )
    private(set) lazy var outside = Outside(self, seed: seed)
    private(set) lazy var machines = Machines(self, count: instances)
    private let instances: Int
    /// What went wrong before the end, in words.
    private(set) var offences: [String] = []
    /// A number that is the same for the same run.
    private(set) var trace: UInt64 = 0

    let terms: Terms
    /// What the settings say.
    private(set) var policy: Policy
    private let seed: UInt64
    private let listener: Telling.Listener?

    /// - Parameters:
    ///   - seed: Decides everything.
    ///   - listener: Hears what happens; nil: nobody does, which is quicker.
    init(seed: UInt64, listener: Telling.Listener? = nil) {
        self.seed = seed
        terms = Terms(seed: seed)
        policy = terms.policy
        begin = terms.growsOld ? Self.monday - 600_000 : Self.monday - 14 * 3_600_000
        now = begin
        self.listener = listener
        chance = Chance(seed: seed)
        let shards = chance.within(1...4)
        faults = Faults(&chance)
        broker = SimulatedBroker(shards: shards)
        // A topic of dead letters that takes less than comes in, and that not everybody may look at.
        if chance.percent(20) { broker.limits[Topic.deadLetters] = 600 }
        broker.showsLimits = chance.percent(50)
        instances = chance.within(1...3)
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
        machines.begin()
        every(1_000) { [self] in group.expire(at: now) }
        every(500) { [self] in machines.misfortune() }
        // Whoever believes a clock that is off forgets too soon, and the scene would not know.
        if !terms.growsOld { every(2_000) { [self] in machines.step() } }
        if let later = terms.later { changeSettings(to: later) }
        elapse(until: now + 3_600_000) { !outside.isDone && offences.isEmpty }
        if !outside.isDone, offences.isEmpty {
            offences.append("no rest within an hour: \(outside.state)")
        }
    }

    /// Lets so much time pass that all that ended is forgotten.
    func growOld() { elapse(until: max(now + Terms.retention, Self.monday) + 120_000) }

    /// Lets happen what is due, up to a moment, for as long as it goes on.
    func elapse(until end: Int64, while goesOn: () -> Bool = { true }) {
        while goesOn(), now < end, let item = agenda.next() {
            now = item.at
            item.action()
        }
    }

    /// Lets go of everything: what is still to happen holds the world, and the world what is to happen.
    func end() {
        agenda = Agenda()
        machines.end()
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
        machines.calm()
    }

    /// Something went wrong: the run ends.
    func note(offence: String) { offences.append(offence) }

    func noteCommit() { trace = StableHash.combine(trace, UInt64(now)) }

    /// Whether all that was sent has been answered, by the one owner of each shard.
    var isQuiet: Bool {
        (0..<broker.shards).allSatisfy { shard in
            machines.owned(shard).map(isAtRest) == true
                && [Topic.requests, Topic.responses].allSatisfy { topic in
                    let place = TopicPartition(topic, Int32(shard))
                    let next = broker.committed[place] ?? 0
                    return broker.read(place, from: next).record == nil && broker.isSettled(place)
                }
        }
    }

    /// Whether nothing is to be judged or to be written.
    func isAtRest(_ shard: Shard) -> Bool {
        isJudged(shard) && !shard.isTouched && shard.digest == witness.digest(of: shard.number)
    }

    /// Whether nobody's leaving is still to be judged, but where somebody's wrong clock has stopped time.
    func isJudged(_ shard: Shard) -> Bool {
        !shard.hasLeaving || Moment(milliseconds: now) < shard.decidedAt
    }

    func handler(_ name: String) -> any LogHandler {
        guard let listener else { return SwiftLogNoOpLogHandler() }
        return Telling(name: name, clock: WorldClock(world: self), listener: listener)
    }

    /// Tells a listener what befell a process, or all.
    func tell(_ what: @autoclosure () -> String) {
        guard let listener else { return }
        Telling(name: "world", clock: WorldClock(world: self), listener: listener).say(what())
    }

    /// Amid the run somebody edits the settings and has each instance read them anew.
    private func changeSettings(to later: Policy) {
        agenda.note(at: now + Int64(chance.within(2_000...20_000))) { [self] in
            tell("the settings are changed")
            policy = later
            machines.readSettings()
        }
    }

    func site(_ name: String) -> KafkaSite {
        KafkaSite(group: "g", instance: name, prefix: "", properties: [])
    }
}
