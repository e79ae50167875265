package import OpinionMatching

// What the mere passing of time does.
extension Shard {
    /// When time alone will next change something; nil: never.
    ///
    /// - Complexity: O(specialists) of each network where somebody waits.
    package var nextTimer: Moment? {
        var next = retention.first.map { policy.forgets(closedAt: $0.at) }
        if let timer = timers.first { next = min(next ?? timer, timer) }
        for number in networks.indices {
            for edge in [networks[number].departures.judgedAt, nextEdge(of: number)].compactMap(
                \.self
            ) {
                next = min(next ?? edge, edge)
            }
        }
        return next
    }

    /// When somebody in a network goes away or comes back or a new day begins, if anybody waits there.
    private func nextEdge(of slot: Int) -> Moment? {
        guard !networks[slot].queue.isEmpty else { return nil }
        let edge = networks[slot].roster.nextAbsenceEdge(after: tickedAt)
        guard networks[slot].roster.hasCountLimits else { return edge }
        return min(edge ?? tickedAt.day.end, tickedAt.day.end)
    }

    /// Lets time pass: those who come back and the new day's counts are offered to those who wait,
    /// who is gone is judged, and what is too old is forgotten.
    ///
    /// Called only when everything that lay in the inputs at `now` has been read, so that no timer
    /// outruns an event that would have stopped it. What doesn't fit into the outbox is still due after it.
    package mutating func tick(at now: Moment, into outbox: inout Outbox) {
        advance(to: now)
        for (network, slot) in networkSlots {
            if let edge = nextEdge(of: slot), edge <= decidedAt { changedNetworks.insert(network) }
        }
        tickedAt = decidedAt
        for number in networks.indices { networks[number].knownAt = decidedAt }
        for network in networkSlots.keys.sorted() { judgeLosses(of: network, into: &outbox) }
        reassess(into: &outbox)
        goOff(by: now, into: &outbox)
        forgetOld()
    }

    /// Lets whoever has come back to a network since its last event, or may be given seats again on a new day,
    /// serve those who wait there, before the next event can take them.
    ///
    /// No seat is taken back, so the inputs needn't have been read up to `now` as for ``tick(at:into:)``.
    ///
    /// - Returns: Whether those who wait were looked at.
    /// - Complexity: O(1), but for those moments.
    @discardableResult
    package mutating func wake(
        _ network: String,
        at now: Moment,
        into outbox: inout Outbox
    ) -> Bool {
        advance(to: now)
        guard let slot = networkSlots[network], networks[slot].passes(decidedAt) else {
            return false
        }
        changedNetworks.insert(network)
        reassess(into: &outbox)
        return true
    }

    /// Requests forgotten at once at most.
    private static let forgottenMax = 20_000

    private mutating func forgetOld() {
        for _ in 0..<Self.forgottenMax {
            guard let oldest = retention.first,
                policy.forgets(closedAt: oldest.at) <= decidedAt
            else { return }
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

extension Policy {
    /// When a request that was closed is forgotten: not in the week in which it was, since the seats given in
    /// a week are counted from the requests that are remembered.
    func forgets(closedAt: Moment) -> Moment {
        max(closedAt.advanced(by: retention), closedAt.day.weekEnd)
    }
}
