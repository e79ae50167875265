package import OpinionMatching

/// Figures of a shard for its health line.
package struct Census: Hashable, Sendable {
    package var specialists = 0
    package var capacityUnits = 0
    package var unitsUsed = 0
    package var requestsOpen = 0
    package var requestsWaiting = 0
    package var oldestWaiting: Moment?
    package var overdue = 0
    /// Networks of which most specialists went at once, or whose seats are kept for some who did.
    package var collapsed: Set<String> = []

    package init() {}

    package static func += (left: inout Census, right: Census) {
        left.specialists += right.specialists
        left.capacityUnits += right.capacityUnits
        left.unitsUsed += right.unitsUsed
        left.requestsOpen += right.requestsOpen
        left.requestsWaiting += right.requestsWaiting
        left.overdue += right.overdue
        left.collapsed.formUnion(right.collapsed)
        if let oldest = right.oldestWaiting {
            left.oldestWaiting = min(left.oldestWaiting ?? oldest, oldest)
        }
    }
}

extension Seat {
    /// Units of capacity that it takes now.
    fileprivate var unitsHeld: Int {
        if case .held(let holding) = state { holding.cost } else { 0 }
    }
}

extension Census {
    mutating func count(_ open: OpenRequest, at now: Moment) {
        requestsOpen += 1
        // Seat by seat, since those who have left the roster may still hold theirs.
        open.forEachSeat { unitsUsed += $0.unitsHeld }
        if open.submission.due < now { overdue += 1 }
        guard let since = open.waitingSince else { return }
        requestsWaiting += 1
        oldestWaiting = min(oldestWaiting ?? since, since)
    }
}
