/// The part of the policy that says who may and who should.
///
/// Data, not code.
package struct Matching: Hashable, Sendable {
    /// The level of expertise asked of everybody, 1 to 5.
    package var minimumLevel: Int
    /// Whether the licence rule holds; the one rule that a policy can turn off (`matching.licensing`).
    package var checksLicences: Bool
    /// How many candidates a decision tells.
    package var candidatesMax: Int
    /// Whether specialists whom others will need are kept for them while units are short.
    package var keepsScarce: Bool
    /// How much wishes count, and for how long.
    package var preferences = PreferencePolicy()
    /// Of how many specialists a decision tells what it found, for audits; 0: of none.
    package var verdictsMax = 0

    package init(
        minimumLevel: Int = 1,
        checksLicences: Bool = true,
        candidatesMax: Int = 3,
        keepsScarce: Bool = true
    ) {
        precondition(candidatesMax > 0, "a decision that tells no candidate chooses none")
        self.minimumLevel = minimumLevel
        self.checksLicences = checksLicences
        self.candidatesMax = candidatesMax
        self.keepsScarce = keepsScarce
    }
}

/// Whether a specialist may take a seat.
package enum Admission: Hashable, Sendable {
    case now
    /// Only availability or capacity is in the way.
    case later
    /// Not before the specialist's profile or what the seat asks changes.
    case never
}

extension Roster {
    /// Chooses a specialist: the hard rules in their order, then the lowest score.
    ///
    /// - Complexity: O(words of 64 specialists × rules + eligible), in two walks over the words. Nothing is
    ///   allocated when the caches of licences, ages and absences hold the answer, but where the need names more
    ///   than two disciplines or languages, organs or who declined, or the policy asks for more than three
    ///   candidates or for findings.
    package mutating func decide(_ need: Need, _ policy: Matching, at now: Moment) -> Decision {
        let excluded = screen(need, policy, at: now)
        let step = policy.preferences.step(of: need, at: now)
        return Decision(
            considered: activeCount,
            excluded: excluded,
            step: step,
            candidates: best(policy.candidatesMax, for: need, policy, step),
            verdicts: policy.verdictsMax > 0 ? verdicts(of: need, policy, step, at: now) : []
        )
    }

    /// The best of those whom the sieve has left, the best first.
    mutating func best(
        _ most: Int,
        for need: Need,
        _ policy: Matching,
        _ step: RelaxationStep?
    ) -> Shortlist {
        if policy.keepsScarce {
            scarcity.leaveOut(need.family, asked, of: traits.languages.count)
        }
        fitting = BitMatrix.nobody
        if let sex = need.preferences.sex { fitting = traits.sexes.row(of: sex, &matrix) }
        var ranking = Ranking()
        swap(&ranking, &self.ranking)
        let best = ranked(most, for: need, policy, step, in: &ranking)
        chosen = ranking.first
        swap(&ranking, &self.ranking)
        scarcity.takeIn()
        return best
    }

    private func ranked(
        _ most: Int,
        for need: Need,
        _ policy: Matching,
        _ step: RelaxationStep?,
        in ranking: inout Ranking
    ) -> Shortlist {
        let scorer = Scorer(need, policy, step, of: self)
        ranking.rank(self, by: scorer, most: most)
        return ranking.best(of: self, by: scorer)
    }

    /// Whether anybody may ever take the seat as things are: passes every rule but availability and
    /// capacity.
    package mutating func hasAnybody(for need: Need, _ policy: Matching) -> Bool {
        screenLasting(need, policy)
        return eligibility.kept > 0
    }

    /// Those who may ever take the seat as things are, so many at most.
    ///
    /// Which of more than that are told is left open.
    package mutating func possible(
        for need: Need,
        _ policy: Matching,
        most: Int
    ) -> [Specialist.ID] {
        screenLasting(need, policy)
        return eligibility.some(most).map { specialists[$0].id }
    }

    /// Whether one specialist could take the seat now.
    ///
    /// - Complexity: as ``decide(_:_:at:)`` but over one bit; used to offer a freed unit to those who wait.
    package mutating func admission(
        of id: Specialist.ID,
        to need: Need,
        _ policy: Matching,
        at now: Moment
    ) -> Admission {
        guard let slot = slot(of: id), isActive(slot),
            firstLasting(by: slot, need, policy) == nil
        else { return .never }
        return isFree(slot, for: need, at: now) ? .now : .later
    }

    /// Whether one specialist passes the rules that don't depend on the moment: all up to age.
    package mutating func suits(_ id: Specialist.ID, _ need: Need, _ policy: Matching) -> Bool {
        guard let slot = slot(of: id) else { return false }
        return firstLasting(by: slot, need, policy) == nil
    }
}
