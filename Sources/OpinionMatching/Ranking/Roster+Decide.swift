extension Roster {
    /// Chooses a specialist: asks the hard rules in their order, then takes the lowest score.
    ///
    /// - Complexity: O(words of 64 specialists × rules + eligible), in two walks over the words. Allocates nothing when
    ///   the caches of licences, ages and absences have the answer, unless the need names more than two disciplines or
    ///   languages, further families or specialists who declined, or the policy asks for more than three candidates or
    ///   for verdicts.
    package mutating func decide(_ need: Need, _ policy: MatchingPolicy, at now: Moment) -> Decision
    {
        let excluded = screen(need, policy, at: now)
        let step = policy.preferences.step(of: need, at: now)
        var decision = Decision(
            considered: activeCount,
            excluded: excluded,
            step: step,
            candidates: best(policy.candidatesMax, for: need, policy, step),
            verdicts: policy.verdictsMax > 0 ? verdicts(of: need, policy, step, at: now) : []
        )
        decision.slot.number = chosen
        return decision
    }

    /// The best of the specialists in ``eligibility``, the best first.
    mutating func best(
        _ most: Int,
        for need: Need,
        _ policy: MatchingPolicy,
        _ step: RelaxationStep?
    ) -> Shortlist {
        if policy.keepsScarce {
            scarcity.hidePrices(need.family, asked.languages, of: traits.languages.count)
        }
        asked.sex = BitMatrix.nobody
        if let sex = need.preferences.sex { asked.sex = traits.sexes.row(of: sex, &matrix) }
        var ranking = Ranking()
        swap(&ranking, &self.ranking)
        let best = ranked(most, for: need, policy, step, in: &ranking)
        chosen = ranking.first
        swap(&ranking, &self.ranking)
        scarcity.restorePrices()
        return best
    }

    private func ranked(
        _ most: Int,
        for need: Need,
        _ policy: MatchingPolicy,
        _ step: RelaxationStep?,
        in ranking: inout Ranking
    ) -> Shortlist {
        let scorer = Scorer(need, policy, step, of: self)
        ranking.rank(self, by: scorer, most: most)
        return ranking.best(of: self, by: scorer)
    }
}
