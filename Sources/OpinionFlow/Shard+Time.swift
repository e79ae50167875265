package import OpinionMatching

// What the mere passing of time does.
extension Shard {
    /// When time alone will next change something; nil: never.
    ///
    /// - Complexity: O(specialists) of each network where somebody waits.
    package var nextTimer: Moment? {
        var next = retention.first.map { $0.at.advanced(by: policy.retention) }
        for pool in pools where !pool.queue.isEmpty {
            let edges = [
                pool.roster.nextReturn(after: tickedAt),
                pool.roster.hasDailyLimits ? tickedAt.day.end : nil,
            ]
            for edge in edges.compactMap(\.self) { next = min(next ?? edge, edge) }
        }
        return next
    }

    /// Lets time pass: those who come back and the new day's counts are offered to those who wait,
    /// and what is too old is forgotten.
    ///
    /// Called only when everything that lay in the inputs at `now` has been read, so that no timer
    /// outruns an event that would have stopped it.
    package mutating func tick(at now: Moment, into outbox: inout Outbox) {
        advance(to: now)
        tickedAt = decidedAt
        for network in poolNumbers.keys.sorted() { reassess(network, into: &outbox) }
        forgetOld()
    }

    private mutating func forgetOld() {
        while let oldest = retention.first,
            oldest.at.advanced(by: policy.retention) <= decidedAt
        {
            retention.removeFirst()
            let request = requests[Int(oldest.handle)]
            guard request.key == oldest.key, case .closed(let closure) = request.phase,
                closure.at == oldest.at
            else { continue }
            wantNoMore(oldest.handle)
            forget(oldest.handle)
        }
    }
}
