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

    package init(minimumLevel: Int = 1, checksLicences: Bool = true, candidatesMax: Int = 3) {
        precondition(candidatesMax > 0, "a decision that tells no candidate chooses none")
        self.minimumLevel = minimumLevel
        self.checksLicences = checksLicences
        self.candidatesMax = candidatesMax
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
    /// Chooses a specialist: the hard rules in their order, then the least utilised.
    ///
    /// Each rule is an AND over the words of the roster, its count of exclusions a popcount.
    /// - Complexity: O(rules × specialists / 64 + eligible). Besides the candidates of the answer,
    ///   nothing is allocated when the licence, age and calendar caches hold the answer.
    package mutating func decide(_ need: Need, _ policy: Matching, at now: Moment) -> Decision {
        var decision = Decision()
        var left = active
        decision.considered = left.count
        screen(&left, need, policy, at: now) { rule, count in
            decision.excluded[rule] = count
        }
        decision.eligible = decision.considered - decision.excluded.total
        decision.candidates = best(of: left, for: need, most: policy.candidatesMax)
        return decision
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
        guard let slot = slot(of: id), active.contains(slot),
            firstLasting(by: slot, need, policy) == nil
        else { return .never }
        return isFree(slot, for: need.cost, at: now) ? .now : .later
    }

    /// Whether one specialist passes the rules that don't depend on the moment: all up to age.
    package mutating func suits(_ id: Specialist.ID, _ need: Need, _ policy: Matching) -> Bool {
        guard let slot = slot(of: id) else { return false }
        return firstLasting(by: slot, need, policy) == nil
    }

    private func best(of left: Bitset, for need: Need, most: Int) -> [Candidate] {
        var ranking = Ranking(most: most, seed: need.tieSeed, among: specialists)
        let reluctant = slots(of: need.reluctant)
        left.forEach { slot in
            ranking.offer(
                slot,
                utilisation: load.utilisation[slot],
                declined: reluctant.contains(slot) ? Candidate.reluctance : 0,
                tie: tieHashes[slot]
            )
        }
        return ranking.candidates
    }
}
