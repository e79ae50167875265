import OpinionFlow
import OpinionTesting
import OpinionWire

/// The people outside: the intake, the directory and the specialists of a ``Scene``.
final class Outside {
    /// Requests that nothing has been told of yet, at most.
    static let unansweredMax = 12
    /// How long nothing may happen before all is taken to be at rest.
    static let restMilliseconds: Int64 = 5_000

    private unowned let world: World
    private(set) var scene: Scene
    private var sent = 0
    private var told: Set<String> = []
    private var position: Int64 = 0
    private var underWay = 0
    /// Of publishers, left open for a while.
    private var transactions = 0
    private var isCalm = false
    private var busyAt: Int64 = 0
    private(set) var isDone = false

    init(_ world: World, seed: UInt64) {
        self.world = world
        let size = Self.size(world.terms, &world.chance)
        scene = Scene(seed: seed, size: size, shards: world.broker.shards) { [unowned world] in
            Double(world.now) / 1_000
        }
        scene.mayMisplace = world.broker.shards > 1
    }

    /// Where panels sit there are more people in fewer networks, and less is asked of them.
    private static func size(_ terms: Terms, _ chance: inout Chance) -> Scene.Size {
        var size = Scene.Size(
            requests: chance.within(terms.hasPanels ? 3...12 : 5...40),
            networks: chance.within(terms.hasPanels ? 1...2 : 1...5),
            specialistsANetwork: chance.within(terms.hasPanels ? 7...15 : 2...6)
        )
        size.panels = terms.hasPanels ? 70 : 0
        size.asked = terms.hasOffers ? 60 : 0
        size.incomplete = terms.hasGaps ? 40 : 0
        return size
    }

    var state: String {
        "sent \(sent) of \(scene.size.requests), told \(told.count), under way \(underWay)"
    }

    func begin() {
        for record in scene.roster() { send(record) }
        world.every(50) { [self] in turn() }
    }

    private func turn() {
        answer()
        if sent < scene.size.requests {
            if sent - told.count < Self.unansweredMax, world.chance.percent(40) { sendOne() }
        } else if told.count == sent || isCalm {
            rest()
        } else if world.now - busyAt > 300_000 {
            calm()
        }
    }

    private func sendOne() {
        for record in scene.request(sent) { send(record) }
        if scene.random.percent(10) { send(scene.badRecord(sent)) }
        if scene.random.percent(10) { send(scene.rosterChange()) }
        if scene.isPanel("rq-\(sent)") { thinkAgain(of: "rq-\(sent)") }
        if 0 < scene.size.incomplete { complete("rq-\(sent)") }
        sent += 1
    }

    /// The records that a request came without are filed.
    private func complete(_ id: String) {
        later(within: 8_000) { [self] in
            if let record = scene.completion(of: id) { send(record) }
        }
    }

    /// The intake amends or withdraws what others are at work on.
    private func thinkAgain(of id: String) {
        later(within: 12_000) { [self] in
            guard let record = scene.afterthought(on: id) else { return }
            send(record)
            if scene.random.percent(40) { thinkAgain(of: id) }
        }
    }

    private func send(_ record: Outgoing) {
        busyAt = world.now
        guard record.topic != Topic.specialists,
            world.chance.percent(world.faults.openTransactions)
        else { return world.broker.send(record, at: world.now) }
        sendSlowly(record)
    }

    /// A publisher leaves its transaction open for a while; all that comes behind it can't be read meanwhile.
    private func sendSlowly(_ record: Outgoing) {
        transactions += 1
        let id = "publisher-\(transactions)"
        world.tell("\(id) leaves a transaction on \(record.topic) open")
        world.broker.sendOpen([record], as: id, at: world.now)
        later(within: world.chance.percent(20) ? 30_000 : 2_000) { [self] in
            world.broker.endOpen(id, commits: true)
            busyAt = world.now
        }
    }

    private func answer() {
        let place = TopicPartition(Topic.assignments, 0)
        while case (let record?, let next) = world.broker.read(place, from: position) {
            position = next
            busyAt = world.now
            guard let event = try? OutEvent(record), event.isNumbered else { continue }
            told.insert(event.data.requestId)
            if event.name == "assignment.made" { answerLater(event) }
        }
    }

    private func answerLater(_ event: OutEvent) {
        for record in scene.answers(to: event) {
            later(within: slowest) { [self] in send(record) }
        }
        if let record = scene.directive(on: event) {
            later(within: slowest) { [self] in send(record) }
        }
    }

    /// Where seats are taken back from whoever is slow some answer when they are.
    private var slowest: Int {
        let isPatient = !world.terms.hasPanels && !world.terms.hasOffers
        return isPatient || world.chance.percent(90) ? 3_000 : 9_000
    }

    private func later(within milliseconds: Int, _ action: @escaping () -> Void) {
        underWay += 1
        world.agenda.note(at: world.now + Int64(world.chance.within(0...milliseconds))) { [self] in
            underWay -= 1
            action()
        }
    }

    private func calm() {
        isCalm = true
        busyAt = world.now
        world.calm()
    }

    private func rest() {
        if !isCalm { return calm() }
        guard underWay == 0, world.isQuiet else {
            busyAt = max(busyAt, world.now - 1_000); return
        }
        if world.now - busyAt > Self.restMilliseconds { isDone = true }
    }
}
