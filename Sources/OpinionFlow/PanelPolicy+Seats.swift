package import OpinionMatching

// What a seat asks because of who has the others.
extension PanelPolicy {
    /// Adds what a seat asks of whoever joins those who have the request's other seats.
    ///
    /// - Parameters:
    ///   - need: What every seat of the request asks.
    ///   - role: What the seat is for; nil: it is the only one that the request asks for.
    ///   - colleagues: Who has the other seats, or has delivered on them.
    package func narrow(
        _ need: inout Need,
        to role: Brief.Role?,
        beside colleagues: [Specialist]
    ) {
        need.fullOrganisations = fullOrganisations(among: colleagues)
        if role == .adjudicator { need.reviewers = colleagues.flatMap(\.asFirstOpinions) }
    }

    /// Disciplines any of which may judge between reviewers.
    package func judges(of family: CancerFamily) -> [String] {
        template(of: family).filter(\.isRequired).map(\.discipline)
    }

    /// Organisations that have all the seats that one may have.
    private func fullOrganisations(among colleagues: [Specialist]) -> [String] {
        var counts: [String: Int] = [:]
        for name in colleagues.compactMap(\.organisation) { counts[name, default: 0] += 1 }
        return counts.filter { $0.value >= perOrganisation }.keys.sorted()
    }
}

extension Specialist {
    /// Whom an adjudicator must be independent of, as the first opinion's rule has it.
    fileprivate var asFirstOpinions: [Need.FirstOpinion] {
        [
            Need.FirstOpinion(
                practitioner: id.text,
                organisation: organisation,
                practiceGroup: nil
            )
        ]
            + practiceGroups.map {
                Need.FirstOpinion(practitioner: nil, organisation: nil, practiceGroup: $0)
            }
    }
}
