// Pauses and the times at which absences begin and end.
extension Roster {
    /// Gives a specialist no seat before `end`, until their next profile.
    ///
    /// The caller repeats the pause after a profile. Does nothing when they are not in the roster.
    package mutating func pause(_ id: Specialist.ID, until end: Moment) {
        guard let slot = slot(of: id) else { return }
        calendar.pause(slot, until: end, &matrix)
    }

    /// Forgets the pauses that ended by a moment; see ``nextAbsenceEdge(after:)``.
    package mutating func endPauses(by moment: Moment) { calendar.endPauses(by: moment) }

    /// Forgets all pauses.
    package mutating func forgetPauses() { calendar.forgetPauses() }

    /// Calls `body` with a specialist's pause suspended.
    mutating func withoutPause<Result>(
        of id: Specialist.ID,
        _ body: (inout Roster) -> Result
    ) -> Result {
        guard let slot = slot(of: id), let end = calendar.endPause(slot) else { return body(&self) }
        defer { calendar.pause(slot, until: end, &matrix) }
        return body(&self)
    }

    /// When somebody last left or came back, or a pause ended.
    package mutating func latestAbsenceEdge(by now: Moment) -> Moment {
        calendar.latestEdge(by: now, among: members.specialists, &matrix)
    }

    /// The next time after `now` at which somebody leaves or comes back, or a pause ends.
    package func nextAbsenceEdge(after now: Moment) -> Moment? {
        let edge = members.specialists.lazy.flatMap(\.absences).flatMap { [$0.begin, $0.end] }
            .filter { now < $0 }.min()
        guard let end = calendar.nextPauseEnd(after: now) else { return edge }
        return min(edge ?? end, end)
    }
}
