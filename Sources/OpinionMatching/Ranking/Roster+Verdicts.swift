extension Roster {
    /// What the last screening found of each active specialist: the eligible by rank, then the others by ID, up to
    /// ``MatchingPolicy/verdictsMax``.
    ///
    /// - Complexity: O(active × rules + active log active). For audits only.
    mutating func verdicts(
        of need: Need,
        _ policy: MatchingPolicy,
        _ step: RelaxationStep?,
        at now: Moment
    ) -> [Verdict] {
        let ranked = best(policy.verdictsMax, for: need, policy, step).map {
            Verdict(specialist: $0.specialist, finding: .ranked($0))
        }
        var others: [Int] = []
        matrix.forEach(in: BitMatrix.active) { if !eligibility.contains($0) { others.append($0) } }
        others.sort { members.specialists[$0].id < members.specialists[$1].id }
        return ranked
            + others.prefix(policy.verdictsMax - ranked.count).compactMap { slot in
                firstBroken(by: slot, need, policy, at: now).map {
                    Verdict(specialist: members.specialists[slot].id, finding: .excluded($0))
                }
            }
    }
}
