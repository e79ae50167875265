import OpinionTesting
import OpinionWire

/// Plays the intake, the directory and the specialists of a ``Scene`` against a running daemon.
final class Driver {
    /// Requests that nothing has been told of yet, at most: so that each kill meets work under way.
    static let unansweredMax = 100
    static let requestsATurn = 10
    /// Turns of the loop without a new assignment after which nobody has anything to say any more.
    static let quietTurns = 40

    private(set) var scene: Scene
    private let ground: Ground
    private let breaks: Int
    private let assignments: TopicReader
    private var sent = 0
    private var told: Set<String> = []
    private var seen: Set<Int64> = []
    private var quietReads = 0
    /// How often something has been broken.
    private(set) var broken = 0
    /// Requests before this number may have been put into a wrong partition.
    private var misplacedBefore = 0

    private let forwards: Bool

    /// Drives a scene, while something is broken so many times.
    ///
    /// - Parameters:
    ///   - ground: Where.
    ///   - scene: What is to happen.
    ///   - breaks: How often something is broken on the way.
    ///   - forwards: Whether publishers err in partitions.
    /// - Throws: When the assignments can't be read.
    init(_ ground: Ground, scene: Scene, breaks: Int, forwards: Bool = true) throws {
        self.forwards = forwards
        self.ground = ground
        self.breaks = breaks
        self.scene = scene
        assignments = try ground.reader(Topic.assignments)
    }

    /// How much of the scene was sent, 0 to 1.
    var progress: Double { Double(sent) / Double(scene.size.requests) }
    var isDone: Bool { sent == scene.size.requests && told.count == sent }

    /// Requests sent, told of, and what was broken: grows as long as anything moves.
    var steps: Int { sent + told.count + seen.count + broken }

    /// How far it is, for messages.
    var tail: String { "\(sent) sent, \(told.count) of them told of" }

    /// Breaks something, if it is time.
    func breakIfDue(_ breakOne: () throws -> Void) rethrows {
        guard isBreakDue else { return }
        try breakOne()
        broken += 1
    }

    /// Whether enough has been sent, and what was misplaced before is through.
    private var isBreakDue: Bool {
        broken < breaks && sinceBreak >= 1
            && (0..<misplacedBefore).allSatisfy { told.contains(Scene.id($0)) }
    }

    /// How much has been sent since the last break: 1 is enough for the next.
    private var sinceBreak: Double { progress * Double(breaks + 1) - Double(broken) }

    /// Whether publishers may err now: in the first half of the time between two breaks only.
    ///
    /// The broker of these tests names aborted transactions in a fetch that begins after their end,
    /// and clients then drop what the same producer committed later. So no record may be on its way
    /// from one partition to another when something is broken.
    private var mayMisplace: Bool { forwards && sinceBreak < 0.5 }

    /// Sends some more, but not where another break would be due before this one, and answers what has been
    /// assigned.
    ///
    /// - Throws: When the broker doesn't take or give records.
    func turn() throws {
        let isEnough = broken < breaks && sinceBreak >= 1.9
        if sent < scene.size.requests, sent - told.count < Self.unansweredMax, !isEnough {
            for _ in 0..<Self.requestsATurn { try sendOne() }
        }
        _ = try answer()
        try ground.flush()
    }

    private func sendOne() throws {
        scene.mayMisplace = mayMisplace
        if mayMisplace { misplacedBefore = sent + 1 }
        for record in scene.request(sent) { try ground.send(record) }
        if scene.random.percent(5) { try ground.send(scene.badRecord(sent)) }
        if scene.random.percent(4) { try ground.send(scene.rosterChange()) }
        sent += 1
    }

    /// - Returns: How many assignments were answered.
    private func answer() throws -> Int {
        var count = 0
        for record in try newRecords() where seen.insert(record.offset).inserted {
            let event = try OutEvent(record)
            guard event.isNumbered else { continue }
            told.insert(event.data.requestId)
            guard event.name == "assignment.made" else { continue }
            count += 1
            for response in scene.answers(to: event) { try ground.send(response) }
            if 0 < scene.size.asked, let directive = scene.directive(on: event) {
                try ground.send(directive)
            }
        }
        return count
    }

    /// What was written since the last time.
    ///
    /// The broker of these tests names aborted transactions in fetches that begin after their end, and
    /// clients then drop what the same producer committed later. Read from its beginning, the topic is
    /// whole: so a quiet reader is followed by a whole reading now and then.
    private func newRecords() throws -> [Record] {
        let records = try assignments.readNew()
        quietReads = records.isEmpty ? quietReads + 1 : 0
        guard quietReads > 0, quietReads.isMultiple(of: Self.wholeReadingEvery) else {
            return records
        }
        return try ground.all(Topic.assignments)
    }

    /// Quiet reads before the topic is read as a whole.
    static let wholeReadingEvery = 10

    /// Answers until nothing new is assigned and `rest` says that nothing is under way.
    func answerRest(until rest: () throws -> Void) throws {
        repeat {
            var quiet = 0
            while quiet < Self.quietTurns {
                quiet = try answer() == 0 ? quiet + 1 : 0
                try ground.flush()
            }
            try rest()
        } while try 0 < answer()
        try ground.flush()
        try rest()
    }
}
