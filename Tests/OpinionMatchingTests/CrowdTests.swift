import OpinionMatching
import OpinionTesting
import Testing

/// The corners of a roster's table of sets: its ends, its growth, its numbers that are used again.
@Suite("A roster's corners")
struct CrowdTests {
    @Test(
        "it decides as loops would at both ends of a word, whatever names mean",
        arguments: [0, 1, 2, 63, 64, 65, 127, 128, 129]
    )
    func sizes(_ size: Int) {
        for seed in 1...2 as ClosedRange<UInt64> {
            var crowd = Crowd(seed: seed &+ UInt64(size) << 8)
            var twin = crowd.twin(of: size)
            for round in 0..<40 {
                crowd.change(&twin, among: size)
                let place = "size \(size), seed \(seed), round \(round)"
                guard agree(&twin, crowd.need(), crowd.clinic.policy(), place) else { return }
            }
        }
    }

    @Test("what changes in a copy stays there", arguments: [5, 63, 64, 130])
    func copies(_ size: Int) {
        var crowd = Crowd(seed: UInt64(size))
        var twin = crowd.twin(of: size)
        var copy = twin
        for round in 0..<60 {
            if round % 15 == 0 { copy = twin }
            for _ in 0..<3 { crowd.change(&twin, among: size) }
            if crowd.clinic.chance.percent(50) { crowd.change(&copy, among: size) }
            let (need, policy) = (crowd.need(), crowd.clinic.policy())
            guard agree(&twin, need, policy, "round \(round)"),
                agree(&copy, need, policy, "copy, round \(round)")
            else { return }
        }
    }

    @Test("more questions about licences than are kept are answered all the same")
    func licences() {
        var clinic = Clinic(seed: 3)
        var twin = TwinRoster()
        for number in 0..<8 { twin.profile(clinic.specialist(number), clinic.work()) }
        for round in 0..<4_400 {
            var need = clinic.need()
            need.residence = clinic.chance.pick(["IN-KA", "DE"])
            need.due = Day(number: Int32(17_000 + round))
            guard agree(&twin, need, MatchingPolicy(), "round \(round)") else { return }
        }
    }

    @Test("more languages than sixteen bits can number the classes of cost what they should")
    func languages() {
        var clinic = Clinic(seed: 4)
        var twin = TwinRoster()
        for number in 0..<2_300 { twin.profile(speaker(of: number, &clinic), Caseload(units: 4)) }
        for _ in 0..<300 { twin.want(Demand(family: .breast, language: "l\(clinic.number())")) }
        for round in 0..<20 {
            let (known, other) = (clinic.number(), clinic.number())
            twin.profile(speaker(of: other, as: known, &clinic), Caseload(units: 4))
            twin.retire(Specialist.ID("sp-\(clinic.number())"))
            let asked = ["l\(known)", "l\(other)"] + (2_280..<2_300).map { "l\($0)" }
            let need = Need(family: .lung, languages: asked, due: clinic.day())
            guard agree(&twin, need, MatchingPolicy(), "round \(round)") else { return }
        }
    }

    /// Speaks a language that few others do, and treats what all do.
    private func speaker(
        of language: Int,
        as number: Int? = nil,
        _ clinic: inout Clinic
    ) -> Specialist {
        var specialist = Specialist(
            id: Specialist.ID("sp-\(number ?? language)"),
            network: "net",
            disciplines: [],
            expertise: [.breast, .lung].map { Specialist.Expertise(family: $0, level: 3) },
            capacity: Specialist.Capacity(units: clinic.chance.within(4...5))
        )
        specialist.languages = ["l\(language)", "l\(language / 2)"]
        return specialist
    }

    @Test("a language without a name is one like any other")
    func emptyName() {
        var clinic = Clinic(seed: 5)
        var twin = TwinRoster()
        twin.profile(speaker(of: 1, &clinic), Caseload())
        var nameless = speaker(of: 2, &clinic)
        nameless.languages = [""]
        twin.profile(nameless, Caseload())
        for language in ["", "l1", "spoken by nobody"] {
            var need = Need(family: .lung, languages: [language], due: clinic.day())
            need.preferences.sex = "female"
            #expect(agree(&twin, need, MatchingPolicy(), language))
        }
    }

    /// Whether roster and reference decide alike, and know the same specialists.
    private func agree(
        _ twin: inout TwinRoster,
        _ need: Need,
        _ policy: MatchingPolicy,
        _ place: String
    ) -> Bool {
        let reference = Reference(need, policy, at: Moment(milliseconds: 5))
        let all = Array(twin.colleagues.values)
        let expected = reference.decision(among: all, wanted: twin.wanted)
        let decision = twin.roster.decide(need, policy, at: reference.now)
        #expect(decision == expected, "\(place)")
        #expect(twin.roster.count == all.count, "\(place)")
        #expect(twin.roster.unitsHeld == all.reduce(0) { $0 + $1.work.units }, "\(place)")
        let possible = all.filter { reference.admission(of: $0) != .never }.map(\.profile.id)
        let found = twin.roster.possible(for: need, policy, most: all.count)
        #expect(found.sorted() == possible.sorted(), "\(place)")
        return decision == expected
    }
}

extension Clinic {
    fileprivate mutating func number() -> Int { chance.below(2_300) }
}
