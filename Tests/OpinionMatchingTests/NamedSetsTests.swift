import OpinionMatching
import Testing

/// Whoever sends profiles chooses the names.
@Suite("Names that nobody else has")
struct NamedSetsTests {
    /// More than rows are kept for.
    private static let count = 4_200

    @Test("a request for any of them finds who has it, however many were asked for before")
    func everyName() {
        var roster = Roster()
        for number in 0..<Self.count { roster.profile(Self.specialist(number)) }
        for number in 0..<Self.count { #expect(Self.chosen(number, &roster) == "sp-\(number)") }
        for number in 0..<100 { #expect(Self.chosen(number, &roster) == "sp-\(number)") }
    }

    @Test("a name that was asked for follows who has it")
    func follows() {
        var roster = Roster()
        roster.profile(Self.specialist(7))
        #expect(Self.chosen(7, &roster) == "sp-7")
        roster.retire(Specialist.ID("sp-7"))
        #expect(Self.chosen(7, &roster) == nil)
        var other = Self.specialist(8)
        other.disciplines = ["discipline-7"]
        roster.profile(other)
        #expect(Self.chosen(7, &roster) == "sp-8")
    }

    private static func specialist(_ number: Int) -> Specialist {
        Specialist(
            id: Specialist.ID("sp-\(number)"),
            network: "net",
            disciplines: ["discipline-\(number)"],
            expertise: [Specialist.Expertise(family: .breast, level: 3)],
            capacity: Specialist.Capacity(units: 10)
        )
    }

    private static func chosen(_ number: Int, _ roster: inout Roster) -> String? {
        let need = Need(
            family: .breast,
            disciplines: ["discipline-\(number)"],
            due: Day(number: 20_000)
        )
        let decision = roster.decide(need, MatchingPolicy(), at: Moment(milliseconds: 0))
        return decision.chosen?.text
    }
}
