internal import OpinionMatching

// The waiting seats of a request in the queue of its network.
extension Shard {
    /// Enters the waiting seats of a request into the queue.
    mutating func enqueue(_ handle: RequestHandle) {
        dequeue(handle)
        guard requests.open(handle)?.status != .assigned else { return }
        let tickets = tickets(of: handle)
        let slot = requests[handle].network
        for (ticket, family, awaited) in tickets {
            networks.list[slot].queue.insert(ticket, for: family, awaited)
        }
        requests[handle].isQueued = !tickets.isEmpty
    }

    /// Removes the seats of a request from the queue, if they are in it.
    mutating func dequeue(_ handle: RequestHandle) {
        guard requests[handle].isQueued else { return }
        let slot = requests[handle].network
        for (ticket, family, awaited) in tickets(of: handle) {
            networks.list[slot].queue.remove(ticket, for: family, awaited)
        }
        requests[handle].isQueued = false
    }

    private func tickets(
        of handle: RequestHandle
    ) -> [(WaitingQueue.Ticket, CancerFamily, WaitingQueue.Awaited)] {
        guard let open = requests.open(handle) else { return [] }
        let stepsBelow = Int64(Priority.stat.rawValue - open.submission.priority.rawValue)
        return open.seatList.indices.compactMap { index in
            guard case .waiting(let waiting) = open.seatList[index].state else { return nil }
            let ticket = WaitingQueue.Ticket(
                since: waiting.since,
                delay: stepsBelow * policy.headStart,
                due: open.submission.due,
                tie: requests[handle].key.tie,
                request: handle,
                seat: Int32(index)
            )
            let family = open.seatList[index].spec?.covers[0] ?? open.submission.family
            return (ticket, family, waiting.isUnmatchable ? .roster : .unit)
        }
    }
}
