/// The wishes of one request made ready for weighing specialists.
///
/// Sets are shared with the roster, not copied.
struct WishScale {
    private let step: WishStep
    private let weights: [Int]
    private var fitting = Bitset()
    /// Who speaks the first language asked for, the second, the third.
    private var languages = (Bitset(), Bitset(), Bitset())
    private let level: Int
    private let family: CancerFamily
    private var known = -1

    /// nil when no wish counts.
    init?(_ need: Need, _ policy: WishPolicy, _ step: WishStep?, of roster: borrowing Roster) {
        guard let step, step.relaxed != step.stated else { return nil }
        self.step = step
        weights = policy.weights
        level = need.wishes.level ?? 1
        family = need.family
        if step.counts(.sex), let sex = need.wishes.sex {
            fitting = roster.traits.sexes[sex] ?? fitting
        }
        if step.counts(.language) {
            languages.0 = roster.traits.languages[need.languages[0]] ?? languages.0
            languages.1 = roster.traits.languages[need.languages[1]] ?? languages.1
            if need.languages.count > 2 {
                languages.2 = roster.traits.languages[need.languages[2]] ?? languages.2
            }
        }
        if let id = need.wishes.specialist { known = roster.slot(of: id) ?? -1 }
    }

    /// - Complexity: O(1).
    func terms(of slot: Int, in roster: borrowing Roster) -> WishTerms {
        var terms = WishTerms()
        if step.counts(.sex) { terms[.sex] = fitting.contains(slot) ? 0 : weight(.sex) }
        if step.counts(.language) { terms[.language] = place(of: slot) * weight(.language) }
        if step.counts(.level) { terms[.level] = shortfall(of: slot, roster) * weight(.level) }
        if step.counts(.continuity) { terms[.continuity] = slot == known ? 0 : weight(.continuity) }
        return terms
    }

    private func weight(_ kind: Wishes.Kind) -> Int { weights[kind.rawValue] }

    /// How far down the first language is that the specialist speaks; from the fourth on all are alike.
    private func place(of slot: Int) -> Int {
        if languages.0.contains(slot) { return 0 }
        if languages.1.contains(slot) { return 1 }
        return languages.2.contains(slot) ? 2 : 3
    }

    private func shortfall(of slot: Int, _ roster: borrowing Roster) -> Int {
        var short = 0
        while level - short > 1,
            !roster.traits.experts(in: family, atLeast: level - short).contains(slot)
        {
            short += 1
        }
        return short
    }
}
