import OpinionMatching
import OpinionTesting

/// Draws rosters and needs from few names, so that every rule both passes and excludes.
struct Clinic {
    var chance: Chance

    private static let families: [CancerFamily] = [.breast, .lung, .cns, .unknownPrimary]
    private static let disciplines = ["medical-oncology", "surgery", "radiology", "pathology"]
    private static let languages = ["en", "hi", "kn", "ta"]
    private static let places = ["IN", "IN-KA", "IN-K", "DE", "DE-BE"]
    private static let organisations = ["org-a", "org-b", "org-c"]
    private static let groups = ["pg-1", "pg-2", "pg-3"]
    private static let sexes = ["female", "male"]
    private static let doctors = ["dr-1", "dr-2", "sp-1", "sp-2"]

    init(seed: UInt64) { chance = Chance(seed: seed) }

    // MARK: Specialists

    /// Mostly a handful; now and then more than the bits of one word, or of two.
    mutating func size() -> Int {
        switch chance.below(100) {
        case 0..<90: chance.within(1...12)
        case 90..<97: chance.within(13...40)
        case 97..<99: chance.within(60...70)
        default: chance.within(125...135)
        }
    }

    mutating func specialist(_ number: Int) -> Specialist {
        var specialist = Specialist(
            id: Specialist.ID("sp-\(number)"),
            network: "net",
            disciplines: chance.some(Self.disciplines, 60),
            expertise: chance.some(Self.families, 70).map {
                Specialist.Expertise(family: $0, level: chance.within(1...5))
            },
            capacity: Specialist.Capacity(
                units: chance.percent(10) ? 0 : chance.within(1...5),
                dailyAssignments: chance.percent(60) ? nil : chance.within(0...3),
                weeklyAssignments: chance.percent(70) ? nil : chance.within(0...5),
                perKind: chance.percent(70) ? nil : limits()
            )
        )
        specialist.isActive = chance.percent(85)
        specialist.sex = chance.percent(20) ? nil : chance.pick(Self.sexes)
        specialist.languages = chance.some(Self.languages, 60)
        specialist.licences = chance.some(Self.places, 55).map {
            Specialist.Licence(jurisdiction: $0, until: day())
        }
        specialist.organisation = chance.percent(50) ? chance.pick(Self.organisations) : nil
        specialist.practiceGroups = chance.some(Self.groups, 15)
        specialist.declaredConflicts = chance.some(
            Self.organisations + Self.groups + Self.doctors,
            5
        )
        if chance.percent(40) {
            specialist.ageScope = Specialist.AgeScope(
                min: chance.percent(50) ? chance.within(17...19) : nil,
                max: chance.percent(50) ? chance.within(19...21) : nil
            )
        }
        if chance.percent(25) { specialist.absences = absences() }
        return specialist
    }

    private mutating func limits() -> KindCounts {
        var limits = KindCounts(.max)
        for kind in RequestKind.allCases where chance.percent(50) { limits[kind] = chance.below(3) }
        return limits
    }

    mutating func work() -> Caseload {
        var work = Caseload(units: chance.below(4), today: chance.below(3))
        work.week = work.today + chance.below(3)
        for kind in RequestKind.allCases { work.seats[kind] = chance.below(3) }
        return work
    }

    private mutating func absences() -> [Specialist.Absence] {
        (0..<chance.within(1...3)).map { _ in
            let begin = chance.within(0...10)
            return Specialist.Absence(
                begin: Moment(milliseconds: Int64(begin)),
                end: Moment(milliseconds: Int64(begin + chance.within(0...3)))
            )
        }
    }

    // MARK: Needs

    mutating func moment() -> Moment { Moment(milliseconds: Int64(chance.within(0...13))) }

    mutating func day() -> Day { Day(number: Int32(chance.within(20_000...20_004))) }

    mutating func need() -> Need {
        Need(
            family: chance.pick(Self.families),
            alsoTreats: chance.percent(80) ? FamilySet() : FamilySet([chance.pick(Self.families)]),
            disciplines: chance.percent(40)
                ? [] : chance.shuffle(chance.some(Self.disciplines, 50)),
            languages: chance.percent(40) ? [] : chance.shuffle(chance.some(Self.languages, 60)),
            residence: chance.percent(50) ? nil : chance.pick(Self.places),
            due: day(),
            firstOpinion: chance.percent(50) ? nil : first(),
            reviewers: chance.percent(80) ? [] : [first(), first()],
            fullOrganisations: chance.percent(80) ? [] : [first().organisation ?? ""],
            excluded: chance.percent(60) ? [] : some(10),
            age: chance.percent(50) ? nil : chance.within(16...22),
            preferences: chance.percent(50) ? Preferences() : preferences(),
            asked: moment(),
            reluctant: chance.percent(70) ? [] : some(30),
            kind: chance.pick(RequestKind.allCases),
            cost: chance.percent(80) ? 1 : chance.within(0...3),
            tieSeed: chance.percent(20) ? 0 : chance.next()
        )
    }

    private mutating func preferences() -> Preferences {
        Preferences(
            sex: chance.percent(50) ? nil : chance.pick(Self.sexes + ["other"]),
            level: chance.percent(50) ? nil : chance.within(1...5),
            specialist: chance.percent(70) ? nil : Specialist.ID("sp-\(chance.below(9))")
        )
    }

    mutating func kind() -> RequestKind { chance.pick(RequestKind.allCases) }

    mutating func demand() -> Demand {
        Demand(
            family: chance.pick(Self.families),
            language: chance.percent(20) ? nil : chance.pick(Self.languages)
        )
    }

    mutating func policy() -> MatchingPolicy {
        var policy = MatchingPolicy(
            minimumLevel: chance.percent(60) ? 1 : chance.within(1...5),
            checksLicences: chance.percent(85),
            candidatesMax: chance.within(1...5),
            keepsScarce: chance.percent(80)
        )
        for kind in Preferences.Kind.allCases {
            policy.preferences.weights[kind.rawValue] = chance.pick([0, 1, 500, 5_000])
            policy.preferences.lasts[kind.rawValue] = Int64(chance.within(0...4))
        }
        policy.verdictsMax = chance.percent(90) ? 0 : chance.pick([1, 3, 1_000])
        return policy
    }

    private mutating func first() -> Need.FirstOpinion {
        Need.FirstOpinion(
            practitioner: chance.percent(70) ? chance.pick(Self.doctors) : nil,
            organisation: chance.percent(60) ? chance.pick(Self.organisations) : nil,
            practiceGroup: chance.percent(60) ? chance.pick(Self.groups) : nil
        )
    }

    private mutating func some(_ share: Int) -> [Specialist.ID] {
        chance.some(Array(0..<8), share).map { Specialist.ID("sp-\($0)") }
    }
}

/// A roster and, beside it, the plain list that it should behave like.
struct TwinRoster {
    var roster = Roster()
    var colleagues: [Specialist.ID: Colleague] = [:]
    var wanted: [Demand] = []

    mutating func profile(_ specialist: Specialist, _ work: Caseload) {
        roster.profile(specialist, work)
        colleagues[specialist.id] = Colleague(specialist, work)
    }

    mutating func retire(_ id: Specialist.ID) {
        roster.retire(id)
        colleagues[id] = nil
    }

    mutating func pause(_ id: Specialist.ID, until end: Moment) {
        roster.pause(id, until: end)
        colleagues[id]?.pausedUntil = end
    }

    mutating func take(_ id: Specialist.ID, units: Int, of kind: RequestKind) {
        roster.take(id, units: units, of: kind)
        colleagues[id]?.work.units += units
        colleagues[id]?.work.seats[kind] += 1
        colleagues[id]?.work.today += 1
        colleagues[id]?.work.week += 1
    }

    mutating func release(_ id: Specialist.ID, units: Int, of kind: RequestKind) {
        guard let work = colleagues[id]?.work, work.seats[kind] > 0 else { return }
        let units = min(units, work.units)
        roster.release(id, units: units, of: kind)
        colleagues[id]?.work.units -= units
        colleagues[id]?.work.seats[kind] -= 1
    }

    mutating func beginDay(isNewWeek: Bool) {
        roster.beginDay(isNewWeek: isNewWeek)
        for id in colleagues.keys {
            colleagues[id]?.work.today = 0
            if isNewWeek { colleagues[id]?.work.week = 0 }
        }
    }

    mutating func want(_ demand: Demand) {
        roster.want(demand)
        wanted.append(demand)
    }

    mutating func wantNoMore(_ index: Int) {
        roster.wantNoMore(wanted.remove(at: index))
    }

    /// Any change that can happen to a roster, at random.
    mutating func change(_ clinic: inout Clinic, among size: Int) {
        let number = clinic.chance.below(size + 2)
        let id = Specialist.ID("sp-\(number)")
        if clinic.chance.percent(50) { want(clinic.demand()) }
        if clinic.chance.percent(30), !wanted.isEmpty {
            wantNoMore(clinic.chance.below(wanted.count))
        }
        switch clinic.chance.below(11) {
        case 0, 1:
            profile(clinic.specialist(number), clinic.work())
        case 2: retire(id)
        case 10: pause(id, until: clinic.moment())
        case 3: beginDay(isNewWeek: clinic.chance.percent(30))
        case 4, 5, 6: take(id, units: clinic.chance.within(1...2), of: clinic.kind())
        default: release(id, units: clinic.chance.within(1...2), of: clinic.kind())
        }
    }
}
