/// The wishes of one request made ready for weighing specialists.
///
/// Sets are named, not copied.
struct WishScale: ~Copyable {
    /// Points for each miss, by kind; 0 for a wish that isn't stated or no longer counts.
    private var weights = SIMD4<Int32>()
    /// Whether any wish counts.
    private(set) var isAny = false
    private var fitting = Masks.nobody
    /// Who speaks the first language asked for, the second, the third.
    private var languages = (Masks.nobody, Masks.nobody, Masks.nobody)
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
        fitting = roster.fitting
        if step.counts(.language) { note(roster.asked) }
        if let id = need.wishes.specialist { known = roster.slot(of: id) ?? -1 }
    }

    private mutating func note(_ asked: [Languages.Asked]) {
        languages = (asked[0].row, asked[1].row, asked.count > 2 ? asked[2].row : Masks.nobody)
    }

    /// - Complexity: O(1).
    @inline(__always)
    func terms(of slot: Int, in roster: borrowing Roster) -> WishTerms {
        var misses = SIMD4<Int32>()
        if counts(.sex), !roster.masks.contains(slot, in: fitting) { misses.x = 1 }
        if counts(.language) { misses.y = place(of: slot, roster) }
        if counts(.level) { misses.z = shortfall(of: slot, roster) }
        if counts(.continuity), slot != known { misses.w = 1 }
        return WishTerms(misses &* weights)
    }

    @inline(__always)
    private func counts(_ kind: Wishes.Kind) -> Bool { weights[kind.rawValue] != 0 }

    /// How far down the first language is that the specialist speaks; from the fourth on all are alike.
    @inline(__always)
    private func place(of slot: Int, _ roster: borrowing Roster) -> Int32 {
        if roster.masks.contains(slot, in: languages.0) { return 0 }
        if roster.masks.contains(slot, in: languages.1) { return 1 }
        return roster.masks.contains(slot, in: languages.2) ? 2 : 3
    }

    private func shortfall(of slot: Int, _ roster: borrowing Roster) -> Int32 {
        var short = 0
        while level - short > 1,
            !roster.masks.contains(slot, in: Masks.experts(in: family, atLeast: level - short))
        {
            short += 1
        }
        return Int32(short)
    }
}
