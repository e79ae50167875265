/// Who is away now: the set ``BitMatrix/away``.
///
/// One answer holds from one edge of anybody's absence to the next.
struct AbsenceCalendar: Sendable {
    private var validFrom = Moment.distantFuture
    private var validUntil = Moment.distantPast
    /// Until when somebody pauses, whatever the profile says.
    private var pauses: [Int: Moment] = [:]

    mutating func reset() {
        validFrom = .distantFuture
        validUntil = .distantPast
    }

    /// - Complexity: O(1) between two edges, else O(absences of the network).
    @inline(__always)
    mutating func refresh(
        at now: Moment,
        among specialists: [Specialist],
        _ matrix: inout BitMatrix
    ) {
        if validFrom <= now && now < validUntil { return }
        rebuild(at: now, among: specialists, &matrix)
    }

    /// The last edge before a moment, or at it.
    mutating func latestEdge(
        by now: Moment,
        among specialists: [Specialist],
        _ matrix: inout BitMatrix
    ) -> Moment {
        refresh(at: now, among: specialists, &matrix)
        return validFrom
    }

    private mutating func rebuild(
        at now: Moment,
        among specialists: [Specialist],
        _ matrix: inout BitMatrix
    ) {
        matrix.clear(BitMatrix.away)
        validFrom = .distantPast
        validUntil = .distantFuture
        for (slot, specialist) in specialists.enumerated() {
            for absence in specialist.absences { mark(absence, of: slot, at: now, &matrix) }
        }
        for (slot, end) in pauses {
            let pause = Specialist.Absence(begin: .distantPast, end: end)
            mark(pause, of: slot, at: now, &matrix)
        }
    }

    private mutating func mark(
        _ absence: Specialist.Absence,
        of slot: Int,
        at now: Moment,
        _ matrix: inout BitMatrix
    ) {
        if absence.contains(now) { matrix.insert(slot, in: BitMatrix.away) }
        narrow(toEdgesOf: absence, at: now)
    }

    private mutating func narrow(toEdgesOf absence: Specialist.Absence, at now: Moment) {
        for edge in [absence.begin, absence.end] {
            if edge <= now {
                validFrom = max(validFrom, edge)
            } else {
                validUntil = min(validUntil, edge)
            }
        }
    }
}

// Pauses: absences that begin with a decision and that no profile tells.
extension AbsenceCalendar {
    /// Lets somebody pause from the last decision on.
    ///
    /// - Complexity: O(1): the answer that is known stays, with one more in it.
    mutating func pause(_ slot: Int, until end: Moment, _ matrix: inout BitMatrix) {
        pauses[slot] = end
        matrix.insert(slot, in: BitMatrix.away)
        validUntil = min(validUntil, end)
    }

    /// Forgets the pause of a slot; where there is none the answer that is known stays.
    ///
    /// - Returns: When it would have been over; nil: there was none.
    mutating func endPause(_ slot: Int) -> Moment? {
        guard let end = pauses.removeValue(forKey: slot) else { return nil }
        reset()
        return end
    }

    /// Forgets whoever leaves a slot.
    mutating func close(_ slot: Int) {
        pauses[slot] = nil
        reset()
    }

    mutating func forgetPauses() {
        pauses = [:]
        reset()
    }

    /// Forgets the pauses that were over by then.
    mutating func endPauses(by moment: Moment) {
        pauses = pauses.filter { moment < $0.value }
    }

    /// The next time after `now` at which a pause is over.
    func nextPauseEnd(after now: Moment) -> Moment? {
        pauses.values.lazy.filter { now < $0 }.min()
    }
}
