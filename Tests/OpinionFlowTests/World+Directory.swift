import OpinionFlow
import OpinionMatching
import OpinionTesting

// What the directory says, at random.
extension World {
    mutating func profile() {
        let specialist = specialist(chance.below(8))
        ledger.profiles[specialist.id] = specialist
        apply(directory.profile(specialist), because: Cause(eventID: "p\(ids)"))
    }

    mutating func garble() {
        let id = Specialist.ID("sp-\(chance.below(8))")
        ledger.profiles[id] = nil
        apply(directory.suspend(id), because: nil)
    }

    mutating func retire() {
        let id = Specialist.ID("sp-\(chance.below(8))")
        ledger.profiles[id] = nil
        apply(directory.retire(id), because: nil)
        now = now.advanced(by: 3_000)
        tick()
        ledger.check(
            !ledger.seats.values.contains { $0.specialist == id }
                || !live.census(at: now).collapsed.isEmpty,
            "\(id.text) is retired and holds a seat"
        )
    }

    private mutating func apply(_ changes: [Directory.Change], because cause: Cause?) {
        tell(twins.apply(changes, because: cause, at: now))
        reflect()
    }

    private mutating func specialist(_ number: Int) -> Specialist {
        var specialist = Specialist(
            id: Specialist.ID("sp-\(number)"),
            network: Self.networks[chance.percent(85) ? number % 2 : (number + 1) % 2],
            disciplines: chance.some(["surgery", "pathology", "radiology"], 80),
            expertise: chance.some([CancerFamily.breast, .lung], 85).map {
                Specialist.Expertise(family: $0, level: chance.within(1...5))
            },
            capacity: Specialist.Capacity(
                units: chance.within(0...4),
                dailyAssignments: chance.percent(60) ? nil : chance.within(1...3),
                weeklyAssignments: chance.percent(70) ? nil : chance.within(2...6),
                perKind: chance.percent(80) ? nil : KindCounts(chance.within(0...2))
            )
        )
        specialist.isActive = chance.percent(90)
        specialist.languages = chance.some(["en", "kn", "hi"], 75)
        specialist.licences = chance.some(["IN", "IN-KA"], 70).map {
            Specialist.Licence(
                jurisdiction: $0,
                until: Day(number: now.day.number + Int32(chance.below(9)))
            )
        }
        specialist.sex = chance.pick(["female", "male", nil])
        specialist.organisation = chance.percent(20) ? "org-a" : "org-b"
        specialist.practiceGroups = chance.some(["pg-1"], 20)
        specialist.declaredConflicts = chance.some(["dr-1", "org-a"], 10)
        if chance.percent(30) { specialist.ageScope = Specialist.AgeScope(min: 18, max: nil) }
        if chance.percent(30) {
            let begin = now.advanced(by: Int64(chance.within(-5...5)) * Self.hour)
            let end = begin.advanced(by: Int64(chance.within(1...20)) * Self.hour)
            specialist.absences = [Specialist.Absence(begin: begin, end: end)]
        }
        return specialist
    }
}
