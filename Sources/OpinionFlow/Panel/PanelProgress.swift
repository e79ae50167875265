internal import OpinionMatching

// How far a panel is.
extension OpenRequest {
    /// Whether the seats that advise have been opened.
    var hasAdvice: Bool { seatList.contains { $0.spec?.phase == 2 && counts($0) } }

    /// Whether the report waits for nobody; for an optional seat it waits while somebody has it.
    package var isComplete: Bool {
        !seatList.contains { seat in
            !seat.isDelivered && (seat.spec?.isRequired ?? true || seat.holding != nil)
        }
    }

    /// Opinions that count: not those about a family that is no longer asked about.
    var deliveredCount: Int { seats.count { $0.isDelivered && counts($0) } }

    /// Whether enough have delivered for a report once it is due.
    func hasQuorum(_ policy: PanelPolicy) -> Bool {
        max(policy.quorum, 1) <= deliveredCount
    }

    /// Whether a panel is due with a quorum: a specialist who got a seat now would lose it to the report.
    ///
    /// The report comes with the timer, once all that was sent in time has been read.
    func isAboutToReport(_ policy: PanelPolicy, at now: Moment) -> Bool {
        submission.kind == .panel && submission.due <= now && hasQuorum(policy)
    }

    /// The family of the diagnosis, if a reviewer says that it is another one; nil: nobody does.
    var changedFamily: CancerFamily? {
        var changed: CancerFamily?
        forEachSeat { seat in
            guard let opinion = countedOpinion(on: seat), opinion.diagnosis == .changed,
                let family = opinion.family, family != submission.family
            else { return }
            changed = changed ?? family
        }
        return changed
    }

    private func countedOpinion(on seat: borrowing Seat) -> Opinion? {
        guard case .delivered(_, let opinion, _) = seat.state, counts(seat) else { return nil }
        return opinion
    }

    /// Whether two reviewers contradict each other and there is no seat for an adjudicator yet.
    var needsAdjudicator: Bool {
        !seatList.contains(where: { $0.spec?.role == .adjudicator && counts($0) })
            && isContradictory
    }

    /// Whether two reviewers contradict each other.
    var isContradictory: Bool {
        var opinions: [Opinion] = []
        forEachSeat { seat in
            guard seat.spec?.role != .adjudicator, let opinion = countedOpinion(on: seat) else {
                return
            }
            opinions.append(opinion)
        }
        return opinions.contradict
    }
}
