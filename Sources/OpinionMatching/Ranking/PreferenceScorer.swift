/// The wishes of one request, prepared for scoring specialists.
struct PreferenceScorer: ~Copyable {
    /// Points for each miss, by kind; 0 for a wish that isn't stated or has ended.
    private var weights = SIMD4<Int32>()
    /// Whether any wish counts.
    private(set) var isAny = false
    /// Those of the sex asked for.
    private var fitting = BitMatrix.nobody
    /// Those who speak the first language asked for, the second, the third.
    private var languages = (BitMatrix.nobody, BitMatrix.nobody, BitMatrix.nobody)
    private var level = 1
    private var family: CancerFamily
    /// The slot of the specialist who knows the case; -1 when there is none.
    private var known = -1

    init(
        _ need: borrowing Need,
        _ policy: borrowing PreferencePolicy,
        _ step: RelaxationStep?,
        of roster: borrowing Roster
    ) {
        family = need.family
        guard let step, step.relaxed != step.stated else { return }
        for kind in Preferences.Kind.allCases where step.counts(kind) {
            weights[kind.rawValue] = Int32(policy.weights[kind.rawValue])
        }
        isAny = weights.wrappedSum() > 0
        level = need.preferences.level ?? 1
        fitting = roster.asked.sex
        if step.counts(.language) { setLanguages(roster.asked.languages) }
        if let id = need.preferences.specialist { known = roster.slot(of: id) ?? -1 }
    }

    private mutating func setLanguages(_ asked: [LanguageIndex.Asked]) {
        languages = (asked[0].row, asked[1].row, asked.count > 2 ? asked[2].row : BitMatrix.nobody)
    }

    /// The points for the wishes that the specialist in a slot doesn't fulfil.
    ///
    /// - Complexity: O(1).
    @inline(__always)
    func terms(of slot: Int, in roster: borrowing Roster) -> PreferenceTerms {
        var misses = SIMD4<Int32>()
        if counts(.sex), !roster.matrix.contains(slot, in: fitting) { misses.x = 1 }
        if counts(.language) { misses.y = place(of: slot, roster) }
        if counts(.level) { misses.z = shortfall(of: slot, roster) }
        if counts(.continuity), slot != known { misses.w = 1 }
        return PreferenceTerms(misses &* weights)
    }

    @inline(__always)
    private func counts(_ kind: Preferences.Kind) -> Bool { weights[kind.rawValue] != 0 }

    /// The index of the first language asked for that the specialist speaks, 3 at most.
    @inline(__always)
    private func place(of slot: Int, _ roster: borrowing Roster) -> Int32 {
        if roster.matrix.contains(slot, in: languages.0) { return 0 }
        if roster.matrix.contains(slot, in: languages.1) { return 1 }
        return roster.matrix.contains(slot, in: languages.2) ? 2 : 3
    }

    /// How many levels of expertise are missing.
    private func shortfall(of slot: Int, _ roster: borrowing Roster) -> Int32 {
        var short = 0
        while level - short > 1,
            !roster.matrix.contains(slot, in: BitMatrix.experts(in: family, atLeast: level - short))
        {
            short += 1
        }
        return Int32(short)
    }
}
