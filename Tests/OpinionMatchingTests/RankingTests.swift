import OpinionMatching
import Testing

@Suite("Ranking")
struct RankingTests {
    private static let need = Need(
        family: .breast,
        languages: ["en"],
        due: Day(number: 20_000)
    )
    private static let now = Moment(milliseconds: 0)

    private static func specialist(
        _ name: String,
        _ families: [CancerFamily],
        units: Int = 10
    ) -> Specialist {
        var specialist = Specialist(
            id: Specialist.ID(name),
            network: "net",
            disciplines: ["medical-oncology"],
            expertise: families.map { Specialist.Expertise(family: $0, level: 3) },
            capacity: Specialist.Capacity(units: units)
        )
        specialist.languages = ["en"]
        return specialist
    }

    /// Two who treat breast cancer, one of whom alone treats sarcoma; units in use of ten each.
    private static func pair(generalist: Int, only: Int) -> Roster {
        var roster = Roster()
        roster.profile(specialist("generalist", [.breast]), Caseload(units: generalist, today: 0))
        roster.profile(specialist("only", [.breast, .sarcoma]), Caseload(units: only, today: 0))
        for _ in 0..<100 { roster.want(Demand(family: .sarcoma, language: "en")) }
        return roster
    }

    @Test("while units are plenty the least utilised is chosen, however rare what they can do")
    func plenty() {
        var roster = Self.pair(generalist: 3, only: 2)
        let decision = roster.decide(Self.need, MatchingPolicy(), at: Self.now)
        #expect(decision.candidates.map(\.specialist.text) == ["only", "generalist"])
        #expect(decision.candidates.allSatisfy { $0.scarcity == 0 })
    }

    @Test("when units are short the one whom others will need is kept for them")
    func short() {
        var roster = Self.pair(generalist: 9, only: 8)
        let decision = roster.decide(Self.need, MatchingPolicy(), at: Self.now)
        #expect(decision.candidates.map(\.specialist.text) == ["generalist", "only"])
        #expect(decision.candidates[0].scarcity == 0)
        #expect(decision.candidates[1].scarcity > 1_000)
    }

    @Test("a policy may do without")
    func withoutScarcity() {
        var roster = Self.pair(generalist: 9, only: 8)
        let decision = roster.decide(Self.need, MatchingPolicy(keepsScarce: false), at: Self.now)
        #expect(decision.candidates.map(\.specialist.text) == ["only", "generalist"])
        #expect(decision.candidates.allSatisfy { $0.scarcity == 0 })
    }

    @Test("what is no longer remembered no longer counts")
    func forgotten() {
        var roster = Self.pair(generalist: 9, only: 8)
        let before = roster.decide(Self.need, MatchingPolicy(), at: Self.now).candidates[1].scarcity
        for _ in 0..<100 { roster.wantNoMore(Demand(family: .sarcoma, language: "en")) }
        let after = roster.decide(Self.need, MatchingPolicy(), at: Self.now).candidates[1].scarcity
        #expect(after < before)
    }

    @Test("equals share the work of a day")
    func today() {
        var roster = Roster()
        roster.profile(Self.specialist("rested", [.breast]), Caseload(units: 1, today: 0))
        roster.profile(Self.specialist("tired", [.breast]), Caseload(units: 1, today: 4))
        let decision = roster.decide(Self.need, MatchingPolicy(), at: Self.now)
        #expect(
            decision.candidates == [
                Candidate(specialist: Specialist.ID("rested"), utilisation: 1_000, today: 0),
                Candidate(specialist: Specialist.ID("tired"), utilisation: 1_000, today: 400),
            ]
        )
    }

    @Test("the terms of nobody reach what sets those apart who declined")
    func reluctanceIsMore() {
        var roster = Roster()
        let all = CancerFamily.allCases
        roster.profile(
            Self.specialist("needed", all, units: 1_000),
            Caseload(units: 999, today: 999)
        )
        for family in all {
            for _ in 0..<1_000 { roster.want(Demand(family: family, language: "en")) }
        }
        let candidate = roster.decide(Self.need, MatchingPolicy(), at: Self.now).candidates[0]
        #expect(candidate.scarcity > 0)
        #expect(candidate.score < Candidate.reluctance)
    }

    @Test("names that come and go leave nothing behind")
    func languages() {
        var numbers = NameTable()
        let english = numbers.insert("en").number
        for number in 0..<1_000 {
            let (first, isNew) = numbers.insert("x\(number)")
            #expect(isNew)
            #expect(numbers.insert("x\(number)") == (first, false))
            #expect(numbers.number(of: "x\(number)") == first)
            numbers.remove(first)
            #expect(numbers.number(of: "x\(number)") == nil)
        }
        #expect(numbers.count == 2)
        #expect(numbers.number(of: "en") == english)
    }

    @Test("logarithms grow with their number and are nearly right", arguments: [1, 7, 1_000_003])
    func logarithms(step: Int) {
        var last = WholeLog.of(1)
        #expect(last == 0)
        for number in stride(from: 1 + step, to: 4_000 * step, by: step) {
            let log = WholeLog.of(number)
            #expect(last <= log)
            last = log
        }
        for power in 0..<62 { #expect(WholeLog.of(1 << power) == power * WholeLog.one) }
    }
}
