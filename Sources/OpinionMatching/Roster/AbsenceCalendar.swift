/// Keeps the set of specialists who are away, ``BitMatrix/away``.
///
/// An edge is a moment at which somebody leaves or comes back, or a pause ends. The set stays valid from one edge to
/// the next.
struct AbsenceCalendar: Sendable {
    private var validFrom = Moment.distantFuture
    private var validUntil = Moment.distantPast
    /// The end of each slot's pause.
    private var pauses: [Int: Moment] = [:]

    /// Makes the next ``refresh(at:among:_:)`` build the set anew.
    mutating func reset() {
        validFrom = .distantFuture
        validUntil = .distantPast
    }

    /// Makes the set valid for a moment.
    ///
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

    /// The last edge at a moment or before it.
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
            for absence in specialist.absences { add(absence, of: slot, at: now, &matrix) }
        }
        for (slot, end) in pauses {
            let pause = Specialist.Absence(begin: .distantPast, end: end)
            add(pause, of: slot, at: now, &matrix)
        }
    }

    private mutating func add(
        _ absence: Specialist.Absence,
        of slot: Int,
        at now: Moment,
        _ matrix: inout BitMatrix
    ) {
        if absence.contains(now) { matrix.insert(slot, in: BitMatrix.away) }
        limitValidity(to: absence, at: now)
    }

    /// Ends the time for which the set is valid at the edges of an absence.
    private mutating func limitValidity(to absence: Specialist.Absence, at now: Moment) {
        for edge in [absence.begin, absence.end] {
            if edge <= now {
                validFrom = max(validFrom, edge)
            } else {
                validUntil = min(validUntil, edge)
            }
        }
    }
}

// Pauses: absences that begin with a decision and are in no profile.
extension AbsenceCalendar {
    /// Begins a pause at the last decision.
    ///
    /// - Complexity: O(1): the set stays valid, with one more slot in it.
    mutating func pause(_ slot: Int, until end: Moment, _ matrix: inout BitMatrix) {
        pauses[slot] = end
        matrix.insert(slot, in: BitMatrix.away)
        validUntil = min(validUntil, end)
    }

    /// Ends the pause of a slot early; the set stays valid when there is none.
    ///
    /// - Returns: When the pause would have ended; nil when there is none.
    mutating func endPause(_ slot: Int) -> Moment? {
        guard let end = pauses.removeValue(forKey: slot) else { return nil }
        reset()
        return end
    }

    /// Forgets the specialist of a slot.
    mutating func remove(_ slot: Int) {
        pauses[slot] = nil
        reset()
    }

    mutating func forgetPauses() {
        pauses = [:]
        reset()
    }

    /// Forgets the pauses that ended by a moment.
    mutating func endPauses(by moment: Moment) {
        pauses = pauses.filter { moment < $0.value }
    }

    /// The next time after `now` at which a pause ends.
    func nextPauseEnd(after now: Moment) -> Moment? {
        pauses.values.lazy.filter { now < $0 }.min()
    }
}
