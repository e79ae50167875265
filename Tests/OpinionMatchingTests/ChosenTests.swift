import OpinionMatching
import OpinionTesting
import Testing

@Suite("The specialist whom a decision chose")
struct ChosenTests {
    private let now = Moment(milliseconds: 5)

    @Test("is asked by the decision as by their ID", arguments: 1...20 as ClosedRange<UInt64>)
    func sameAnswers(seed: UInt64) {
        var crowd = Crowd(seed: seed)
        var twin = crowd.twin(of: crowd.clinic.size())
        for _ in 0..<40 {
            let (need, policy) = (crowd.need(), crowd.clinic.policy())
            let decision = twin.roster.decide(need, policy, at: now)
            // With other specialists in the slots, or with the chosen one in another slot or gone.
            for _ in 0..<crowd.clinic.chance.below(4) { crowd.change(&twin, among: 12) }
            var other = twin.roster
            other.take(decision, units: 2, of: .panel)
            guard let id = decision.chosen else {
                #expect(twin.roster.terms(of: decision, for: need) == nil)
                #expect(twin.roster.specialist(of: decision) == nil)
                #expect(other.unitsHeld == twin.roster.unitsHeld)
                continue
            }
            #expect(
                twin.roster.terms(of: decision, for: need) == twin.roster.terms(of: id, for: need)
            )
            #expect(twin.roster.specialist(of: decision) == twin.roster[id])
            var known = twin.roster
            known.take(id, units: 2, of: .panel)
            #expect(other.unitsHeld == known.unitsHeld)
            #expect(other.decide(need, policy, at: now) == known.decide(need, policy, at: now))
        }
    }

    @Test("a slot that somebody else was given since is not theirs, even for an ID without letters")
    func reusedSlot() {
        for text in ["sp-1", ""] {
            var roster = Roster()
            let chosen = specialist(text)
            roster.profile(chosen)
            let need = Need(family: .lung, due: Day(number: 20_000))
            let decision = roster.decide(need, MatchingPolicy(), at: now)
            #expect(roster.specialist(of: decision) == chosen)
            roster.retire(chosen.id)
            #expect(roster.specialist(of: decision) == nil)
            roster.profile(specialist("sp-2"))
            #expect(roster.specialist(of: decision) == nil)
            roster.profile(chosen)
            #expect(roster.specialist(of: decision) == chosen)
            #expect(Roster().specialist(of: decision) == nil)
        }
    }

    @Test("the slot makes no two decisions differ")
    func equality() {
        var (first, second) = (Roster(), Roster())
        for text in ["sp-1", "sp-2"] { first.profile(specialist(text)) }
        for text in ["sp-2", "sp-1"] { second.profile(specialist(text)) }
        let need = Need(family: .lung, due: Day(number: 20_000))
        let decision = first.decide(need, MatchingPolicy(), at: now)
        let other = second.decide(need, MatchingPolicy(), at: now)
        #expect(decision == other)
        #expect(decision.hashValue == other.hashValue)
    }

    private func specialist(_ text: String) -> Specialist {
        Specialist(
            id: Specialist.ID(text),
            network: "net",
            disciplines: ["surgery"],
            expertise: [Specialist.Expertise(family: .lung, level: 3)],
            capacity: Specialist.Capacity(units: 3)
        )
    }
}
