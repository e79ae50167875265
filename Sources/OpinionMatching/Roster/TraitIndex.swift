/// The specialists who have each trait: the sets of the rules that compare names, and of the wish for a sex.
struct TraitIndex: Sendable {
    var disciplines = TraitColumn()
    var languages = LanguageIndex()
    private(set) var conflicts = ConflictIndex()
    var sexes = TraitColumn()

    /// Adds the traits of a slot.
    ///
    /// - Returns: The specialist's languages.
    mutating func insert(
        _ specialist: Specialist,
        at slot: Int,
        _ matrix: inout BitMatrix
    ) -> [LanguageIndex.Spoken] {
        specialist.forEachLevel { matrix.insert(slot, in: $0) }
        for name in specialist.disciplines { disciplines.insert(slot, under: name, &matrix) }
        conflicts.insert(specialist, at: slot)
        if let name = specialist.sex { sexes.insert(slot, under: name, &matrix) }
        return languages.insert(slot, speaking: specialist.languages, &matrix)
    }

    /// Limits the memory for sets that requests asked for; see ``NamedSets/trim(_:)``.
    @inline(__always)
    mutating func trim(_ matrix: inout BitMatrix) {
        disciplines.trim(&matrix)
        languages.trim(&matrix)
        sexes.trim(&matrix)
    }

    /// Removes the traits of a slot.
    mutating func remove(_ specialist: Specialist, at slot: Int, _ matrix: inout BitMatrix) {
        specialist.forEachLevel { matrix.remove(slot, from: $0) }
        for name in specialist.disciplines { disciplines.remove(slot, under: name, &matrix) }
        languages.remove(slot, speaking: specialist.languages, &matrix)
        conflicts.remove(specialist, at: slot)
        if let name = specialist.sex { sexes.remove(slot, under: name, &matrix) }
    }
}

extension Specialist {
    /// Calls `body` with the set of each family treated, at that level and at each lower one.
    fileprivate func forEachLevel(_ body: (BitMatrix.Row) -> Void) {
        for expertise in expertise {
            for level in 1...expertise.level {
                body(BitMatrix.experts(in: expertise.family, atLeast: level))
            }
        }
    }
}
