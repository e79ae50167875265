import OpinionMatching
import Testing

/// The edges of the rules, one line each.
@Suite("Hard rules")
struct RuleTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let broken: Rule?
        let need: Need
        let specialist: Specialist

        init(
            _ name: String,
            _ broken: Rule?,
            _ change: (inout Need, inout Specialist) -> Void
        ) {
            var need = RuleTests.need
            var specialist = RuleTests.specialist
            change(&need, &specialist)
            testDescription = name
            self.broken = broken
            self.need = need
            self.specialist = specialist
        }
    }

    static let now = Moment(milliseconds: 1_000)
    static let need = Need(family: .breast, due: Day(number: 20_000))
    static let specialist = Specialist(
        id: Specialist.ID("sp-1"),
        network: "net",
        disciplines: ["surgery"],
        expertise: [Specialist.Expertise(family: .breast, level: 3)],
        capacity: Specialist.Capacity(units: 2)
    )

    /// All that a roster of one says of a need.
    struct Answer: Hashable {
        var decision = Decision()
        var admits = false
        var suits = false
    }

    private func ask(
        _ specialists: [(Specialist, held: Int)],
        _ need: Need,
        _ policy: MatchingPolicy
    )
        -> Answer
    {
        var roster = Roster()
        for (specialist, held) in specialists {
            roster.profile(specialist, Caseload(units: held, today: held, week: held))
        }
        let id = specialists[0].0.id
        return Answer(
            decision: roster.decide(need, policy, at: Self.now),
            admits: roster.admission(of: id, to: need, policy, at: Self.now) == .now,
            suits: roster.suits(id, need, policy)
        )
    }

    @Test("each rule excludes exactly what it says", arguments: cases)
    func rule(_ example: Case) {
        var expected = Answer(admits: example.broken == nil)
        expected.suits = example.broken?.passesWithTime ?? true
        expected.decision.considered = 1
        // What nobody asked at any time has been relaxed by now.
        if example.need.languages.count > 1 {
            let order = PreferenceSet([.language])
            expected.decision.step = RelaxationStep(number: 3, stated: order, relaxed: order)
        }
        if let rule = example.broken {
            expected.decision.excluded[rule] = 1
        } else {
            expected.decision.eligible = 1
            let units = example.specialist.capacity.units
            expected.decision.candidates = [
                Candidate(
                    specialist: example.specialist.id,
                    utilisation: 10_000 / units,
                    today: 1_000 / units
                )
            ]
        }
        #expect(ask([(example.specialist, held: 1)], example.need, MatchingPolicy()) == expected)
    }

    static let cases: [Case] = [
        Case("nothing stated, nothing broken", nil) { _, _ in },
        Case("another family", .expertise) { need, _ in need.family = .lung },
        Case("another discipline", .discipline) { need, _ in need.disciplines = ["pathology"] },
        Case("any one discipline will do", nil) { need, _ in
            need.disciplines = ["pathology", "surgery"]
        },
        Case("a language asked of one who speaks none", .language) { need, _ in
            need.languages = ["en"]
        },
        Case("any one language will do", nil) { need, specialist in
            need.languages = ["en", "kn"]
            specialist.languages = ["kn"]
        },
        Case("no licence for a stated residence", .licence) { need, _ in need.residence = "IN-KA" },
        Case("a licence of the country covers the subdivision", nil) { need, specialist in
            need.residence = "IN-KA"
            specialist.licences = [licence("IN", 20_000)]
        },
        Case("a licence of the subdivision does not cover the country", .licence) {
            need,
            specialist in
            need.residence = "IN"
            specialist.licences = [licence("IN-KA", 20_000)]
        },
        Case("a licence of another subdivision", .licence) { need, specialist in
            need.residence = "IN-KA"
            specialist.licences = [licence("IN-K", 20_000), licence("IN-KL", 20_000)]
        },
        Case("a licence valid to the day it is due", nil) { need, specialist in
            need.residence = "IN-KA"
            specialist.licences = [licence("IN-KA", 20_000)]
        },
        Case("a licence that ends the day before", .licence) { need, specialist in
            need.residence = "IN-KA"
            specialist.licences = [licence("IN-KA", 19_999)]
        },
        Case("one of two licences is enough", nil) { need, specialist in
            need.residence = "IN-KA"
            specialist.licences = [licence("IN-KA", 19_999), licence("IN", 20_001)]
        },
        Case("the first opinion's practitioner", .independence) { need, _ in
            need.firstOpinion = first(practitioner: "sp-1")
        },
        Case("the first opinion's organisation", .independence) { need, specialist in
            need.firstOpinion = first(organisation: "org-a")
            specialist.organisation = "org-a"
        },
        Case("the first opinion's practice group", .independence) { need, specialist in
            need.firstOpinion = first(group: "pg-1")
            specialist.practiceGroups = ["pg-0", "pg-1"]
        },
        Case("a conflict with the practitioner", .independence) { need, specialist in
            need.firstOpinion = first(practitioner: "dr-1")
            specialist.declaredConflicts = ["dr-1"]
        },
        Case("a conflict with the organisation", .independence) { need, specialist in
            need.firstOpinion = first(organisation: "org-a")
            specialist.declaredConflicts = ["org-a"]
        },
        Case("a conflict with the practice group", .independence) { need, specialist in
            need.firstOpinion = first(group: "pg-1")
            specialist.declaredConflicts = ["pg-1"]
        },
        Case("another organisation", nil) { need, specialist in
            need.firstOpinion = first(practitioner: "dr-1", organisation: "org-a", group: "pg-1")
            specialist.organisation = "org-b"
        },
        Case("excluded by name", .excluded) { need, specialist in
            need.excluded = [specialist.id]
        },
        Case("the youngest seen", nil) { need, specialist in
            need.age = 18
            specialist.ageScope = Specialist.AgeScope(min: 18, max: 18)
        },
        Case("a year too young", .age) { need, specialist in
            need.age = 17
            specialist.ageScope = Specialist.AgeScope(min: 18, max: nil)
        },
        Case("a year too old", .age) { need, specialist in
            need.age = 19
            specialist.ageScope = Specialist.AgeScope(min: nil, max: 18)
        },
        Case("away from this very moment", .availability) { _, specialist in
            specialist.absences = [absence(1_000, 1_001)]
        },
        Case("back at this very moment", nil) { _, specialist in
            specialist.absences = [absence(0, 1_000)]
        },
        Case("away in one of two periods", .availability) { _, specialist in
            specialist.absences = [absence(0, 500), absence(900, 1_100)]
        },
        Case("a last unit", nil) { need, _ in need.cost = 1 },
        Case("one unit too many", .capacity) { need, _ in need.cost = 2 },
        Case("the day's last assignment", nil) { _, specialist in
            specialist.capacity = Specialist.Capacity(units: 2, dailyAssignments: 2)
        },
        Case("the day's assignments used up", .capacity) { _, specialist in
            specialist.capacity = Specialist.Capacity(units: 2, dailyAssignments: 1)
        },
        Case("the week's last assignment", nil) { _, specialist in
            specialist.capacity = Specialist.Capacity(units: 2, weeklyAssignments: 2)
        },
        Case("the week's assignments used up", .capacity) { _, specialist in
            specialist.capacity = Specialist.Capacity(units: 2, weeklyAssignments: 1)
        },
        Case("as many of a kind as they take", .capacity) { need, specialist in
            need.kind = .panel
            specialist.capacity = Specialist.Capacity(units: 2, perKind: KindCounts(0))
        },
        Case("of another kind they take more", nil) { need, specialist in
            var limits = KindCounts(9)
            limits[.panel] = 0
            specialist.capacity = Specialist.Capacity(units: 2, perKind: limits)
        },
        Case("the first rule broken is the one told", .language) { need, specialist in
            need.languages = ["en"]
            need.residence = "IN"
            need.excluded = [specialist.id]
        },
    ]

    @Test("an inactive specialist is not even considered")
    func inactive() {
        var specialist = Self.specialist
        specialist.isActive = false
        #expect(ask([(specialist, held: 0)], Self.need, MatchingPolicy()) == Answer(suits: true))
    }

    @Test(
        "the policy's level is the least that serves",
        arguments: [(3, true), (4, false)]
    )
    func level(minimum: Int, isEligible: Bool) {
        let answer = ask(
            [(Self.specialist, held: 0)],
            Self.need,
            MatchingPolicy(minimumLevel: minimum)
        )
        #expect((answer.decision.chosen != nil) == isEligible)
    }

    @Test("a policy without licensing asks for none")
    func licensing() {
        var need = Self.need
        need.residence = "IN"
        let answer = ask([(Self.specialist, held: 0)], need, MatchingPolicy(checksLicences: false))
        #expect(answer.decision.chosen == Self.specialist.id)
    }

    @Test("whoever declined comes last, and is asked when nobody else can")
    func reluctant() {
        var busy = Self.specialist
        busy.id = Specialist.ID("sp-2")
        var need = Self.need
        need.reluctant = [Self.specialist.id]
        let both = [(Self.specialist, held: 0), (busy, held: 1)]
        #expect(
            ask(both, need, MatchingPolicy()).decision.candidates == [
                Candidate(specialist: busy.id, utilisation: 5_000, today: 500),
                Candidate(specialist: Self.specialist.id, utilisation: 0, declined: 1_000_000),
            ]
        )
        need.excluded = [busy.id]
        #expect(ask(both, need, MatchingPolicy()).decision.chosen == Self.specialist.id)
    }

    private static func licence(_ place: String, _ until: Int32) -> Specialist.Licence {
        Specialist.Licence(jurisdiction: place, until: Day(number: until))
    }

    private static func absence(_ begin: Int64, _ end: Int64) -> Specialist.Absence {
        Specialist.Absence(begin: Moment(milliseconds: begin), end: Moment(milliseconds: end))
    }

    private static func first(
        practitioner: String? = nil,
        organisation: String? = nil,
        group: String? = nil
    ) -> Need.FirstOpinion {
        Need.FirstOpinion(
            practitioner: practitioner,
            organisation: organisation,
            practiceGroup: group
        )
    }
}
