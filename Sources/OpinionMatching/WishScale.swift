/// The wishes of one request made ready for weighing specialists.
///
/// Sets are shared with the roster, not copied.
struct WishScale: ~Copyable {
    /// Points for each miss, by kind; 0 for a wish that isn't stated or no longer counts.
    private var weights = SIMD4<Int32>()
    /// Whether any wish counts.
    private(set) var isAny = false
    private var fitting = Bitset()
    /// Who speaks the first language asked for, the second, the third.
    private var languages = (Bitset(), Bitset(), Bitset())
    private var level = 1
    private var family: CancerFamily
    private var known = -1

    init(
        _ need: borrowing Need,
        _ policy: borrowing WishPolicy,
        _ step: WishStep?,
        of roster: borrowing Roster
    ) {
        family = need.family
        guard let step, step.relaxed != step.stated else { return }
        for kind in Wishes.Kind.allCases where step.counts(kind) {
            weights[kind.rawValue] = Int32(policy.weights[kind.rawValue])
        }
        isAny = weights.wrappedSum() > 0
        level = need.wishes.level ?? 1
        if let sex = need.wishes.sex { fitting = roster.traits.sexes[sex] ?? fitting }
        if step.counts(.language) { note(need.languages, roster) }
        if let id = need.wishes.specialist { known = roster.slot(of: id) ?? -1 }
    }

    private mutating func note(_ names: [String], _ roster: borrowing Roster) {
        languages.0 = roster.traits.languages[names[0]] ?? languages.0
        languages.1 = roster.traits.languages[names[1]] ?? languages.1
        guard names.count > 2 else { return }
        languages.2 = roster.traits.languages[names[2]] ?? languages.2
    }

    /// - Complexity: O(1).
    @inline(__always)
    func terms(of slot: Int, in roster: borrowing Roster) -> WishTerms {
        var misses = SIMD4<Int32>()
        if counts(.sex), !fitting.contains(slot) { misses[Wishes.Kind.sex.rawValue] = 1 }
        if counts(.language) { misses[Wishes.Kind.language.rawValue] = place(of: slot) }
        if counts(.level) { misses[Wishes.Kind.level.rawValue] = shortfall(of: slot, roster) }
        if counts(.continuity), slot != known { misses[Wishes.Kind.continuity.rawValue] = 1 }
        return WishTerms(misses &* weights)
    }

    @inline(__always)
    private func counts(_ kind: Wishes.Kind) -> Bool { weights[kind.rawValue] != 0 }

    /// How far down the first language is that the specialist speaks; from the fourth on all are alike.
    @inline(__always)
    private func place(of slot: Int) -> Int32 {
        if languages.0.contains(slot) { return 0 }
        if languages.1.contains(slot) { return 1 }
        return languages.2.contains(slot) ? 2 : 3
    }

    private func shortfall(of slot: Int, _ roster: borrowing Roster) -> Int32 {
        var short = 0
        while level - short > 1,
            !roster.traits.experts(in: family, atLeast: level - short).contains(slot)
        {
            short += 1
        }
        return Int32(short)
    }
}
