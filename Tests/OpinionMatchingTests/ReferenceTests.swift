import OpinionMatching
import OpinionTesting
import Testing

/// The roster's bitsets against loops over specialists.
@Suite("Roster and reference")
struct ReferenceTests {
    static let casesOfSeed = 4_000

    @Test(
        "a roster decides as loops over its specialists would, through every change",
        arguments: 1...26 as ClosedRange<UInt64>
    )
    func agrees(seed: UInt64) {
        var clinic = Clinic(seed: seed)
        var cases = 0
        while cases < Self.casesOfSeed {
            let size = clinic.size()
            var twin = TwinRoster()
            for number in 0..<size {
                twin.profile(
                    clinic.specialist(number),
                    clinic.work()
                )
            }
            for _ in 0..<40 {
                twin.change(&clinic, among: size)
                guard agree(&twin, &clinic, size, "seed \(seed), case \(cases)") else { return }
                cases += 1
            }
        }
    }

    private func agree(
        _ twin: inout TwinRoster,
        _ clinic: inout Clinic,
        _ size: Int,
        _ place: String
    ) -> Bool {
        let (need, policy, now) = (clinic.need(), clinic.policy(), clinic.moment())
        let reference = Reference(need, policy, at: now)
        let all = Array(twin.colleagues.values)
        let expected = reference.decision(among: all, wanted: twin.wanted)
        let decision = twin.roster.decide(need, policy, at: now)
        let id = decision.chosen ?? Specialist.ID("sp-\(clinic.chance.below(size + 2))")
        let colleague = twin.colleagues[id]
        let mayTake = colleague.map { reference.admission(of: $0) } ?? .never
        let isSuited = colleague.map { reference.firstLasting(by: $0.profile) == nil }
        let admission = twin.roster.admission(of: id, to: need, policy, at: now)
        let suits = twin.roster.suits(id, need, policy)
        let obstacles = expected.isUnmatchable ? reference.soleObstacles(among: all) : nil
        let found =
            expected.isUnmatchable ? twin.roster.soleObstacles(to: need, policy) : nil
        let named = Specialist.ID("sp-\(clinic.chance.below(size + 2))")
        let barrier = twin.roster.ineligibility(of: named, for: need, policy, at: now)
        let mayNotTake = reference.ineligibility(of: twin.colleagues[named])
        let directed =
            barrier == nil ? twin.roster.decide(need, policy, at: now, directedTo: named) : nil
        let asDirected =
            mayNotTake == nil
            ? reference.decision(among: all, wanted: twin.wanted, directedTo: named) : nil
        if decision == expected, admission == mayTake, suits == isSuited ?? false,
            found == obstacles, barrier == mayNotTake, directed == asDirected
        {
            return true
        }
        #expect(barrier == mayNotTake, "\(place)")
        #expect(directed == asDirected, "\(place)")
        #expect(found == obstacles, "\(place)")
        #expect(decision == expected, "\(place)")
        #expect(admission == mayTake, "\(place)")
        #expect(suits == isSuited ?? false, "\(place)")
        return false
    }

    @Test(
        "no policy lets anybody in whom the hard rules exclude, but for the licence it may leave out"
    )
    func neverWeakened() {
        var clinic = Clinic(seed: 11)
        let loosest = MatchingPolicy(minimumLevel: 1, checksLicences: false)
        var chosen = 0
        for _ in 0..<200 {
            var roster = Roster()
            var colleagues: [Specialist.ID: Colleague] = [:]
            for number in 0..<20 {
                let colleague = Colleague(clinic.specialist(number), Caseload(units: 1, today: 1))
                colleagues[colleague.profile.id] = colleague
                roster.profile(colleague.profile, Caseload(units: 1, today: 1))
            }
            for _ in 0..<50 {
                let (need, now) = (clinic.need(), clinic.moment())
                let reference = Reference(need, loosest, at: now)
                let decision = roster.decide(need, clinic.policy(), at: now)
                for candidate in decision.candidates {
                    chosen += 1
                    let colleague = colleagues[candidate.specialist]
                    let broken = colleague.map { reference.firstBroken(by: $0) }
                    #expect(broken == .some(nil), "\(need)")
                    #expect(colleague?.profile.isActive == true)
                }
            }
        }
        #expect(chosen > 1_000)
    }

    @Test("the order of joining decides nothing", arguments: 1...200 as ClosedRange<UInt64>)
    func order(seed: UInt64) {
        var clinic = Clinic(seed: seed)
        let specialists = (0..<clinic.chance.within(2...20)).map { clinic.specialist($0) }
        var first = Roster()
        for specialist in specialists { first.profile(specialist, Caseload(units: 1, today: 1)) }
        var second = Roster()
        for specialist in clinic.chance.shuffle(specialists) {
            second.profile(specialist, Caseload(units: 2, today: 0))
            if clinic.chance.percent(30) { second.retire(specialist.id) }
        }
        for specialist in clinic.chance.shuffle(specialists) {
            second.profile(specialist, Caseload(units: 1, today: 1))
        }
        for _ in 0..<20 {
            let (need, policy, now) = (clinic.need(), clinic.policy(), clinic.moment())
            let decision = first.decide(need, policy, at: now)
            let other = second.decide(need, policy, at: now)
            #expect(decision == other, "seed \(seed)")
        }
        #expect(first.capacityUnits == second.capacityUnits)
        #expect(first.unitsHeld == second.unitsHeld)
        #expect(first.activeCount == second.activeCount)
    }

    @Test("every rule is met and broken in the random cases, so that agreeing says something")
    func coverage() {
        var clinic = Clinic(seed: 7)
        var excluded = Exclusions()
        var eligible = 0
        var declined = 0
        for _ in 0..<60 {
            let colleagues = (0..<12).map { Colleague(clinic.specialist($0)) }
            for _ in 0..<20 {
                let reference = Reference(clinic.need(), clinic.policy(), at: clinic.moment())
                let decision = reference.decision(among: colleagues)
                for rule in Rule.allCases { excluded[rule] += decision.excluded[rule] }
                eligible += decision.eligible
                declined += decision.candidates.count { $0.declined > 0 }
            }
        }
        for rule in Rule.allCases { #expect(excluded[rule] > 30, "\(rule)") }
        #expect(eligible > 500)
        #expect(declined > 30)
    }
}
