package import OpinionMatching

// What a seat asks because of who has the others.
extension PanelPolicy {
    /// The template's seats, and one for each further discipline that the request asks for.
    func specs(of submission: Submission) -> [SeatSpec] {
        var places = template(of: submission.family)
        for name in submission.disciplines
        where !first.contains(name) && !places.contains(where: { $0.discipline == name }) {
            places.append(Place(name))
        }
        return places.enumerated().map { index, place in
            SeatSpec(
                role: index == 0 ? .chair : .member,
                disciplines: [place.discipline],
                covers: [submission.family],
                isRequired: place.isRequired,
                phase: 2,
                family: submission.family
            )
        }
    }

    /// Adds what a seat asks because of who has the request's other seats.
    ///
    /// - Parameters:
    ///   - need: What every seat of the request asks.
    ///   - role: What the seat is for; nil: it is the only one that the request asks for.
    ///   - colleagues: Who has the other seats, or has delivered on them.
    package func narrow(
        _ need: inout Need,
        to role: SeatSpec.Role?,
        beside colleagues: [PanelMember]
    ) {
        need.fullOrganisations = fullOrganisations(among: colleagues)
        guard role != .adjudicator else {
            return need.reviewers = colleagues.flatMap(\.asFirstOpinions)
        }
        // Otherwise the adjudicator would no longer be independent of all others.
        for judge in colleagues where judge.role == .adjudicator {
            need.reviewers += judge.asFirstOpinions
            need.excluded += judge.declaredConflicts.map(Specialist.ID.init)
            need.fullOrganisations += judge.declaredConflicts
        }
    }

    /// The disciplines that may adjudicate; any of them will do.
    package func judges(of family: CancerFamily) -> [String] {
        template(of: family).filter(\.isRequired).map(\.discipline)
    }

    /// Organisations that already have as many seats as one may have.
    private func fullOrganisations(among colleagues: [PanelMember]) -> [String] {
        var counts: [String: Int] = [:]
        for name in colleagues.compactMap(\.affiliation.organisation) {
            counts[name, default: 0] += 1
        }
        return counts.filter { $0.value >= perOrganisation }.keys.sorted()
    }
}
