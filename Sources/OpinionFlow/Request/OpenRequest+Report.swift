internal import OpinionMatching

extension OpenRequest {
    /// What the delivered seats say together.
    func report(_ policy: Policy) -> Report {
        var entries: [Report.Entry] = []
        var missing: [Seat.ID] = []
        var deliveredAt = Moment.distantPast
        forEachSeat { seat in
            guard case .delivered(let holding, let opinion, let time) = seat.state else {
                return missing.append(seat.id)
            }
            deliveredAt = max(deliveredAt, time)
            entries.append(
                Report.Entry(
                    assignment: seat.assignment,
                    specialist: holding.specialist,
                    discipline: holding.discipline,
                    role: seat.spec?.role ?? .member,
                    opinion: opinion,
                    isOutdated: !counts(seat)
                )
            )
        }
        return Report(
            kind: submission.kind,
            entries: entries,
            missing: missing,
            isQuorumMet: isComplete || deliveredCount >= policy.panels.quorum,
            questions: submission.questions,
            submittedAt: submission.submittedAt,
            recordsAt: recordsAt,
            assignedAt: assignedAt ?? deliveredAt,
            deliveredAt: deliveredAt,
            due: submission.due
        )
    }
}
