import OpinionFlow
import OpinionMatching
import OpinionTesting

/// A shard with panels and single seats, moved at random by a seed.
///
/// Somebody keeps books by what is told alone. A second shard that was restored from records is told the same from then on.
struct PanelWorld {
    /// A seat as it was given or offered to somebody.
    struct Grant: Hashable, Comparable {
        var key: RequestKey
        var id: AssignmentID

        static func < (left: Grant, right: Grant) -> Bool {
            (left.key, left.id.seat, left.id.attempt) < (right.key, right.id.seat, right.id.attempt)
        }
    }

    struct Holding {
        var specialist: Specialist.ID
        var cost: Int
        /// Whether somebody is asked who hasn't accepted.
        var isOpen: Bool
    }

    var chance: Chance
    private var complaints: [String] = []
    var tally: [String: Int] = [:]
    var now = Story.begin
    var twins: Twins
    var directory = Directory()
    var profiles: [Specialist.ID: Specialist] = [:]
    var ids = 0
    var requests = 0
    var submissions: [RequestKey: Submission] = [:]
    var told: [RequestKey: Int] = [:]
    var ended: Set<RequestKey> = []
    /// Who holds which seat, and who delivered on it.
    var held: [Grant: Holding] = [:]
    var delivered: [Grant: Specialist.ID] = [:]
    /// Whoever was given a seat, as they were then.
    var seatedAs: [Grant: Specialist] = [:]
    /// Until when those get nothing who declined for their workload.
    var pauses: [Specialist.ID: Moment] = [:]

    static let disciplines = [
        "pathology", "radiology", "medical-oncology", "surgical-oncology", "radiation-oncology",
        "hpb-surgery",
    ]
    static let families: [CancerFamily] = [.breast, .hpb, .sarcoma, .lung]

    init(seed: UInt64) {
        chance = Chance(seed: seed)
        var policy = Story.policy
        policy.retention = 2 * Day.milliseconds
        policy.panels.quorum = chance.within(1...4)
        policy.panels.perOrganisation = chance.within(1...3)
        policy.panels.adjudicates = chance.percent(70)
        if chance.percent(20) { policy.panels.first = [] }
        policy.offersSeats = chance.percent(50)
        policy.offersAtOnce = chance.within(1...3)
        if chance.percent(40) { policy.records.required = ["path-report"] }
        if chance.percent(30) { policy.records.byFamily[.lung] = ["imaging", "path-report"] }
        if chance.percent(30) { policy.expiresAfter = 6 * Day.milliseconds }
        if chance.percent(50) {
            policy.clocks[.deliver] = ClockLimits(
                remindHours: [12, 8, 4, 0],
                reassignHours: [36, 24, 12, 6],
                escalateHours: [24, 12, 0, 3]
            )
        }
        policy.workloadPause = seed.isMultiple(of: 2) ? 30 * 3_600_000 : 0
        policy.costs.chair = chance.within(1...2)
        policy.costs.single = chance.within(1...2)
        twins = Twins(Shard(number: 0, policy: policy))
        for number in 0..<14 where chance.percent(80) { profile(number) }
    }

    var problems: [String] { complaints + twins.problems }
    var live: Shard { twins.live }

    // MARK: A step

    mutating func step() {
        now = now.advanced(by: Int64(chance.pick([0, 1, 20, 300])) * 60_000)
        wake()
        switch chance.below(100) {
        case 0..<14: submit()
        case 14..<20: amend()
        case 20..<23: withdraw()
        case 23..<74: respond()
        case 74..<80: direct()
        case 80..<90: profile(chance.below(14))
        case 90..<93: retire()
        case 93..<95: garble()
        default: now = now.advanced(by: Int64(chance.within(1...40)) * 3_600_000)
        }
        tick()
        if chance.percent(5) { restore() }
        look()
    }

    private mutating func both<Answer: Equatable>(
        _ body: (inout Shard, inout Outbox) -> Answer
    ) -> Answer {
        let (answer, told) = twins.both(body)
        for announcement in told { hear(announcement) }
        return answer
    }

    static let network = "net"

    /// Comes before each event.
    private mutating func wake() {
        let now = now
        _ = both { $0.wake(Self.network, at: now, into: &$1) }
    }

    mutating func check(_ holds: Bool, _ problem: @autoclosure () -> String) {
        if !holds { complaints.append(problem()) }
    }

    private mutating func tick() {
        for announcement in twins.tick(at: now) ?? [] { hear(announcement) }
    }

    mutating func say(_ message: Message, of key: RequestKey) {
        ids += 1
        let event = Event(
            key: key,
            fingerprint: EventFingerprint(
                identity: EventIdentity(source: "/walk", id: "e\(ids)"),
                content: UInt64(ids)
            ),
            time: now,
            cause: Cause(eventID: "e\(ids)"),
            message: message
        )
        let (now, before) = (now, told)
        let outcome = both { $0.step(event, at: now, into: &$1) }
        count("\(message.kind) \(outcome == .applied ? "applied" : "not")")
        let mayBeRefused = message.kind == .directed && told == before
        check(outcome == .applied || mayBeRefused, "\(message.kind) of \(key.request): \(outcome)")
    }

    /// Takes over from the records as another instance would.
    private mutating func restore() {
        let now = now
        _ = both { shard, outbox in
            shard.tick(at: now, into: &outbox)
            shard.reassessAll(into: &outbox)
            return true
        }
        twins.restore(from: directory, isCompacted: false, at: now)
        count("restored")
    }
}
