/// Who has which trait: the sets behind the rules that compare names.
struct Traits: Sendable {
    var disciplines = Column()
    var languages = Languages()
    private(set) var ties = Ties()
    var sexes = Column()

    /// Takes the traits of a slot in.
    ///
    /// - Returns: The languages.
    mutating func insert(
        _ specialist: Specialist,
        at slot: Int,
        _ masks: inout Masks
    ) -> [Languages.Spoken] {
        specialist.forEachLevel { masks.insert(slot, in: $0) }
        for name in specialist.disciplines { disciplines.insert(slot, under: name, &masks) }
        ties.insert(specialist, at: slot)
        if let name = specialist.sex { sexes.insert(slot, under: name, &masks) }
        return languages.insert(slot, speaking: specialist.languages, &masks)
    }

    /// Forgets what past requests asked for when that is too much; see ``NamedSets/trim(_:)``.
    @inline(__always)
    mutating func trim(_ masks: inout Masks) {
        disciplines.trim(&masks)
        languages.trim(&masks)
        sexes.trim(&masks)
    }

    mutating func remove(_ specialist: Specialist, at slot: Int, _ masks: inout Masks) {
        specialist.forEachLevel { masks.remove(slot, from: $0) }
        for name in specialist.disciplines { disciplines.remove(slot, under: name, &masks) }
        languages.remove(slot, speaking: specialist.languages, &masks)
        ties.remove(specialist, at: slot)
        if let name = specialist.sex { sexes.remove(slot, under: name, &masks) }
    }
}

extension Specialist {
    /// Calls `body` with the set of each family that one treats, at that level and at each lower one.
    fileprivate func forEachLevel(_ body: (Masks.Row) -> Void) {
        for expertise in expertise {
            for level in 1...expertise.level {
                body(Masks.experts(in: expertise.family, atLeast: level))
            }
        }
    }
}
