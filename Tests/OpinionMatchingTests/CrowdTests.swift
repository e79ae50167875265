import OpinionMatching
import OpinionTesting
import Testing

@Suite("A roster's corners")
struct CrowdTests {
    /// Speaks a language that few others do, and treats what all do.
    private func speaker(
        of language: Int,
        _ clinic: inout Clinic
    ) -> Specialist {
        var specialist = Specialist(
            id: Specialist.ID("sp-\(language)"),
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
            need.wishes.sex = "female"
            #expect(agree(&twin, need, Matching(), language))
        }
    }

    /// Whether roster and reference decide alike, and know the same specialists.
    private func agree(
        _ twin: inout TwinRoster,
        _ need: Need,
        _ policy: Matching,
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
