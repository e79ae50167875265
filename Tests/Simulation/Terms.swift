import OpinionFlow
import OpinionMatching
import OpinionTesting

/// What kind of run a seed makes: who is asked, which clocks go off, what grows old.
struct Terms {
    /// What the settings say at first.
    let policy: Policy
    /// What they say later on; nil: nobody changes them.
    let later: Policy?
    let hasPanels: Bool
    let hasOffers: Bool
    /// Whether some requests come without the records that they need.
    let hasGaps: Bool
    /// In most runs nothing grows old; in some all that ended is forgotten at last.
    let growsOld: Bool
    /// Longer than anything is under way.
    static let retention: Int64 = 900_000

    init(seed: UInt64) {
        hasPanels = seed % 8 < 3
        hasOffers = seed % 7 < 3
        hasGaps = seed % 5 == 2
        growsOld = seed.isMultiple(of: 50)
        var chance = Chance(seed: seed &+ 1_000_000_007)
        var policy = Policy(name: "simulated", sha256: String(repeating: "0", count: 64))
        if growsOld { policy.retention = Self.retention }
        if seed.isMultiple(of: 3) {
            let isStrict = (hasPanels || hasOffers) && chance.percent(60)
            Self.setClocks(&policy, reassign: isStrict ? 4_000 : 0)
        }
        if hasGaps { policy.records.required = [Scene.record] }
        policy.offersSeats = hasOffers
        if hasOffers { policy.offersAtOnce = chance.within(1...3) }
        if hasOffers, chance.percent(70) {
            policy.clocks[.accept] = Self.clock(remind: 600, reassign: 2_000, escalate: 900)
        }
        if hasPanels { Self.seatPanels(&policy, &chance) }
        // Shorter than the rest in which a run ends, so that nobody waits for the end of one then.
        if seed.isMultiple(of: 2) { policy.workloadPause = Int64(chance.within(500...3_500)) }
        self.policy = policy
        later = hasPanels && chance.percent(40) ? Self.changed(policy, &chance) : nil
    }

    /// What forbids least of all that is ever in force.
    var loosest: Policy {
        var loosest = policy
        guard let later = later?.panels else { return loosest }
        loosest.panels.quorum = min(later.quorum, policy.panels.quorum)
        loosest.panels.perOrganisation = max(later.perOrganisation, policy.panels.perOrganisation)
        loosest.panels.adjudicates = later.adjudicates || policy.panels.adjudicates
        return loosest
    }

    /// Another policy for panels, open ones included.
    private static func changed(_ policy: Policy, _ chance: inout Chance) -> Policy {
        var later = policy
        later.name = "simulated-later"
        setRules(&later.panels, &chance)
        return later
    }

    private static func setRules(_ panels: inout PanelPolicy, _ chance: inout Chance) {
        panels.quorum = chance.within(1...3)
        panels.perOrganisation = chance.within(1...3)
        panels.adjudicates = chance.percent(80)
    }

    /// In a third of the runs clocks go off while all else goes wrong.
    private static func setClocks(_ policy: inout Policy, reassign: Int64) {
        policy.clocks[.assign] = clock(remind: 400, escalate: 1_500)
        policy.clocks[.records] = clock(remind: 700, escalate: 2_500)
        policy.clocks[.deliver] = clock(remind: 300, reassign: reassign, escalate: 1_000)
    }

    private static func clock(
        remind: Int64,
        reassign: Int64 = 0,
        escalate: Int64
    ) -> ClockLimits {
        var limits = ClockLimits()
        let count = Priority.allCases.count
        limits.remind = Array(repeating: remind, count: count)
        limits.reassign = Array(repeating: reassign, count: count)
        limits.escalate = Array(repeating: escalate, count: count)
        return limits
    }

    /// Whether a seat is one that no panel does without; of some the family decides.
    static func requires(_ seat: OutEvent.Data.Seat) -> Bool {
        seat.role != "member"
            || ["pathology", "radiology", "surgical-oncology"].contains(seat.discipline)
    }

    /// Small panels, so that a few specialists are enough.
    private static func seatPanels(_ policy: inout Policy, _ chance: inout Chance) {
        policy.panels.first = chance.pick([
            ["pathology"], ["pathology"], ["pathology", "radiology"], [],
        ])
        for family in CancerFamily.allCases {
            let names =
                family == .lung
                ? ["surgical-oncology", "medical-oncology?"]
                : ["medical-oncology", "surgical-oncology", "radiation-oncology?"]
            policy.panels.templates[family] = names.map(PanelPolicy.Place.init)
        }
        setRules(&policy.panels, &chance)
        policy.costs.chair = chance.within(1...2)
        if chance.percent(15) { policy.expiresAfter = Int64(chance.within(8_000...30_000)) }
    }
}
