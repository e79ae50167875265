/// Who is away now: the set ``Masks/away``.
///
/// One answer holds from one edge of anybody's absence to the next.
struct Calendar: Sendable {
    private var validFrom = Moment.distantFuture
    private var validUntil = Moment.distantPast

    mutating func reset() {
        validFrom = .distantFuture
        validUntil = .distantPast
    }

    /// - Complexity: O(1) between two edges, else O(absences of the network).
    @inline(__always)
    mutating func note(_ now: Moment, among specialists: [Specialist], _ masks: inout Masks) {
        if validFrom <= now && now < validUntil { return }
        noteAnew(now, among: specialists, &masks)
    }

    private mutating func noteAnew(
        _ now: Moment,
        among specialists: [Specialist],
        _ masks: inout Masks
    ) {
        masks.clear(Masks.away)
        validFrom = .distantPast
        validUntil = .distantFuture
        for (slot, specialist) in specialists.enumerated() {
            for absence in specialist.absences {
                if absence.contains(now) { masks.insert(slot, in: Masks.away) }
                noteEdges(of: absence, at: now)
            }
        }
    }

    private mutating func noteEdges(of absence: Specialist.Absence, at now: Moment) {
        for edge in [absence.begin, absence.end] {
            if edge <= now {
                validFrom = max(validFrom, edge)
            } else {
                validUntil = min(validUntil, edge)
            }
        }
    }
}
