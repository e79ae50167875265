/// What a decision found of one specialist.
package struct Verdict: Hashable, Sendable {
    package enum Finding: Hashable, Sendable {
        /// The first rule that excluded them.
        case excluded(Rule)
        case ranked(Candidate)
    }

    package let specialist: Specialist.ID
    package let finding: Finding

    package init(specialist: Specialist.ID, finding: Finding) {
        self.specialist = specialist
        self.finding = finding
    }
}

extension Roster {
    /// What the screening that has just been made found of each active specialist: the eligible by rank, then the
    /// others by id, so many at most.
    ///
    /// - Complexity: O(active × rules + active log active): for audits, not for work.
    mutating func verdicts(
        of need: Need,
        _ policy: Matching,
        _ step: RelaxationStep?,
        at now: Moment
    ) -> [Verdict] {
        let ranked = best(policy.verdictsMax, for: need, policy, step).map {
            Verdict(specialist: $0.specialist, finding: .ranked($0))
        }
        var others: [Int] = []
        matrix.forEach(in: BitMatrix.active) { if !eligibility.contains($0) { others.append($0) } }
        others.sort { specialists[$0].id < specialists[$1].id }
        return ranked
            + others.prefix(policy.verdictsMax - ranked.count).compactMap { slot in
                firstBroken(by: slot, need, policy, at: now).map {
                    Verdict(specialist: specialists[slot].id, finding: .excluded($0))
                }
            }
    }
}
