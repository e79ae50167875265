internal import OpinionMatching

// What a panel has said so far.
extension OpenRequest {
    /// Whether the seats that advise are there.
    var hasAdvice: Bool { seatList.contains { $0.spec?.phase == 2 && counts($0) } }

    /// Whether nobody is waited for: optional seats count while somebody has them.
    package var isComplete: Bool {
        !seatList.contains { seat in
            !seat.isDelivered && (seat.spec?.isRequired ?? true || seat.holding != nil)
        }
    }

    /// Opinions that count: those on a family that is no longer asked about don't.
    var deliveredCount: Int { seats.count { $0.isDelivered && counts($0) } }

    /// Whether enough have delivered for a report once it is due.
    func hasQuorum(_ policy: PanelPolicy) -> Bool {
        max(policy.quorum, 1) <= deliveredCount
    }

    /// Whether whoever got a seat now would lose it to the report: a quorum is due.
    ///
    /// The report comes with the timer, when all that was sent in time has been read.
    func isAboutToReport(_ policy: PanelPolicy, at now: Moment) -> Bool {
        submission.kind == .panel && submission.due <= now && hasQuorum(policy)
    }

    /// The family of a diagnosis that somebody says is another one; nil: it is the same family.
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

    /// Whether two reviewers contradict each other and nobody judges between them yet.
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
