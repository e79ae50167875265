package import OpinionMatching

// What the passing of time alone does.
extension Shard {
    /// When time alone will next change something; nil: never.
    ///
    /// - Complexity: O(specialists) of each network where somebody waits.
    package var nextTimer: Moment? {
        var next = schedule.retention.first.map { policy.forgets(closedAt: $0.at) }
        if let timer = schedule.timers.first { next = min(next ?? timer, timer) }
        for slot in networks.list.indices {
            for edge in [networks.list[slot].departures.judgedAt, nextEdge(of: slot)].compactMap(
                \.self
            ) {
                next = min(next ?? edge, edge)
            }
        }
        return next
    }

    /// When somebody in a network goes away or comes back or a new day begins, if a seat waits there.
    private func nextEdge(of slot: NetworkTable.Slot) -> Moment? {
        guard !networks.list[slot].queue.isEmpty else { return nil }
        let fired = schedule.firedAt
        let edge = networks.list[slot].roster.nextAbsenceEdge(after: fired)
        guard networks.list[slot].roster.hasCountLimits else { return edge }
        return min(edge ?? fired.day.end, fired.day.end)
    }

    /// Marks the networks as changed in which somebody has come back, or a new day begun, since timers last fired.
    mutating func markPassedEdges() {
        for (network, slot) in networks.slots {
            if let edge = nextEdge(of: slot), edge <= decidedAt { networks.changed.insert(network) }
        }
        schedule.firedAt = decidedAt
        for slot in networks.list.indices { networks.list[slot].knownAt = decidedAt }
    }

    /// Begins a UTC day, and perhaps an ISO 8601 week.
    mutating func beginDay(isNewWeek: Bool) {
        for slot in networks.list.indices {
            networks.list[slot].beginDay(isNewWeek: isNewWeek)
            // Not by now: the tick tells the seats that wait for the end of a pause.
            networks.list[slot].endPauses(by: schedule.firedAt)
        }
    }

    // MARK: Forgetting

    /// Remembers a closed request until its retention ends and its pauses are over.
    ///
    /// The queue keeps the order of closing, so requests with pauses have timers instead.
    mutating func retain(_ handle: RequestHandle, _ closure: Request.Closure) {
        guard closure.pauses.isEmpty else { return }
        schedule.retention.append(handle, requests[handle].key, closedAt: closure.at)
    }

    /// Requests forgotten at once at most.
    private static let forgottenMax = 20_000

    /// Forgets the closed requests whose retention has ended.
    mutating func forgetOld() {
        for _ in 0..<Self.forgottenMax {
            guard let oldest = schedule.retention.first,
                policy.forgets(closedAt: oldest.at) <= decidedAt
            else { return }
            schedule.retention.removeFirst()
            guard requests[oldest.handle].key == oldest.key,
                case .closed(let closure) = requests[oldest.handle].phase, closure.at == oldest.at
            else { continue }
            removeDemand(of: oldest.handle)
            forget(oldest.handle)
        }
    }
}

extension Policy {
    /// When a closed request is forgotten: not in the week in which it was closed, since the assignments of
    /// a week are counted from the requests that are remembered.
    func forgets(closedAt: Moment) -> Moment {
        max(closedAt.advanced(by: retention), closedAt.day.weekEnd)
    }
}
