import OpinionMatching
import OpinionTesting

/// A clinic of many names, of names that are several things at once or empty, and of lists with a name twice.
struct Crowd {
    var clinic: Clinic

    private static let languages = (0..<40).map { "l\($0)" } + ["en", "hi", ""]
    private static let disciplines = (0..<30).map { "d\($0)" } + ["medical-oncology", ""]
    /// Each an organisation, a practice group, a doctor and a conflict.
    private static let names = ["org-a", "pg-1", "dr-1", "sp-1", "all", ""]

    init(seed: UInt64) { clinic = Clinic(seed: seed) }

    mutating func twin(of size: Int) -> TwinRoster {
        var twin = TwinRoster()
        for number in 0..<size { twin.profile(specialist(number), clinic.work()) }
        return twin
    }

    // MARK: Specialists and needs

    mutating func specialist(_ number: Int) -> Specialist {
        var specialist = clinic.specialist(number)
        specialist.languages = some(of: ["en", "hi", "l1"], or: Self.languages, 6)
        specialist.disciplines = some(of: ["medical-oncology", "d1"], or: Self.disciplines, 5)
        if clinic.chance.percent(30) {
            specialist.expertise += expertise(in: specialist.expertise.map(\.family))
        }
        if clinic.chance.percent(10) {
            specialist.expertise = expertise(in: CancerFamily.allCases)
        }
        if clinic.chance.percent(10) { specialist.sex = "" }
        guard clinic.chance.percent(30) else { return specialist }
        specialist.organisation = clinic.chance.pick(Self.names)
        specialist.practiceGroups = draw(3, of: Self.names)
        specialist.declaredConflicts = draw(3, of: Self.names)
        return specialist
    }

    private mutating func expertise(in families: [CancerFamily]) -> [Specialist.Expertise] {
        families.map { Specialist.Expertise(family: $0, level: clinic.chance.within(1...5)) }
    }

    mutating func need() -> Need {
        var need = clinic.need()
        need.languages = some(of: ["en", "hi", "none"], or: Self.languages, 6)
        need.disciplines = some(of: ["medical-oncology", "none"], or: Self.disciplines, 4)
        if clinic.chance.percent(20) { need.family = clinic.chance.pick(CancerFamily.allCases) }
        if clinic.chance.percent(10) { need.age = clinic.chance.pick([-1, 0, 255, 256, 1_000]) }
        if clinic.chance.percent(5) { need.due.number = clinic.chance.pick([.min, 0, .max]) }
        guard clinic.chance.percent(30) else { return need }
        need.firstOpinion = Need.FirstOpinion(
            practitioner: clinic.chance.pick(Self.names),
            organisation: clinic.chance.pick(Self.names),
            practiceGroup: clinic.chance.pick(Self.names)
        )
        need.fullOrganisations = draw(2, of: Self.names)
        return need
    }

    /// Mostly of few names, so that they are met again.
    private mutating func some(of few: [String], or many: [String], _ most: Int) -> [String] {
        draw(most, of: clinic.chance.percent(70) ? few : many)
    }

    private mutating func draw(_ most: Int, of names: [String]) -> [String] {
        (0..<clinic.chance.below(most + 1)).map { _ in clinic.chance.pick(names) }
    }

    // MARK: Changes

    mutating func change(_ twin: inout TwinRoster, among size: Int) {
        if clinic.chance.percent(40) { twin.want(demand()) }
        let number = clinic.chance.below(size + 3)
        switch clinic.chance.below(5) {
        case 0, 1: twin.profile(specialist(number), clinic.work())
        case 2: twin.retire(Specialist.ID("sp-\(number)"))
        default: twin.change(&clinic, among: size)
        }
    }

    private mutating func demand() -> Demand {
        Demand(
            family: clinic.chance.pick(CancerFamily.allCases),
            language: clinic.chance.pick(Self.languages)
        )
    }
}
