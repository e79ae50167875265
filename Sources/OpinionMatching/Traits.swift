/// Who has which trait: the columns behind the rules that compare names.
struct Traits: Sendable {
    private var atLeast = [Bitset](
        repeating: Bitset(),
        count: CancerFamily.allCases.count * Specialist.Expertise.levels.count
    )
    private(set) var disciplines = Column<String>()
    private(set) var languages = Column<String>()
    private(set) var ties = Ties()
    private(set) var sexes = Column<String>()

    /// Who treats the family at that level or higher.
    func experts(in family: CancerFamily, atLeast level: Int) -> Bitset {
        atLeast[Self.index(family, level)]
    }

    mutating func insert(_ specialist: Specialist, at slot: Int) {
        for expertise in specialist.expertise {
            for level in 1...expertise.level {
                atLeast[Self.index(expertise.family, level)].insert(slot)
            }
        }
        for name in specialist.disciplines { disciplines.insert(slot, under: name) }
        for name in specialist.languages { languages.insert(slot, under: name) }
        ties.insert(specialist, at: slot)
        if let name = specialist.sex { sexes.insert(slot, under: name) }
    }

    mutating func remove(_ specialist: Specialist, at slot: Int) {
        for expertise in specialist.expertise {
            for level in 1...expertise.level {
                atLeast[Self.index(expertise.family, level)].remove(slot)
            }
        }
        for name in specialist.disciplines { disciplines.remove(slot, under: name) }
        for name in specialist.languages { languages.remove(slot, under: name) }
        ties.remove(specialist, at: slot)
        if let name = specialist.sex { sexes.remove(slot, under: name) }
    }

    private static func index(_ family: CancerFamily, _ level: Int) -> Int {
        Int(family.rawValue) * Specialist.Expertise.levels.count + level - 1
    }
}
