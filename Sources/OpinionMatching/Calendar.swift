/// Who is away now.
///
/// One answer holds from one edge of anybody's absence to the next.
struct Calendar: Sendable {
    private var away = Bitset()
    private var validFrom = Moment.distantFuture
    private var validUntil = Moment.distantPast

    mutating func reset() {
        validFrom = .distantFuture
        validUntil = .distantPast
    }

    /// - Complexity: O(1) between two edges, else O(absences of the network).
    mutating func away(at now: Moment, among specialists: [Specialist]) -> Bitset {
        if validFrom <= now && now < validUntil { return away }
        away.clear()
        validFrom = .distantPast
        validUntil = .distantFuture
        for (slot, specialist) in specialists.enumerated() {
            for absence in specialist.absences { note(absence, of: slot, at: now) }
        }
        return away
    }

    private mutating func note(_ absence: Specialist.Absence, of slot: Int, at now: Moment) {
        if absence.contains(now) { away.insert(slot) }
        for edge in [absence.begin, absence.end] {
            if edge <= now {
                validFrom = max(validFrom, edge)
            } else {
                validUntil = min(validUntil, edge)
            }
        }
    }
}
