internal import OpinionMatching

// The few ways in which a shard's requests change: each keeps the tables, timers and counts in step.
extension Shard {
    /// Adds a request that the shard doesn't know.
    mutating func insert(_ request: consuming Request) -> RequestHandle {
        let slot = networks.insert(request.key.network, at: decidedAt)
        networks.list[slot].requestCount += 1
        request.network = slot
        return requests.insert(request)
    }

    /// Forgets a request; its record is to be erased.
    mutating func forget(_ handle: RequestHandle) {
        let request = requests[handle]
        requests.remove(handle)
        dirty.forget(request, handle)
        networks.list[request.network].requestCount -= 1
        networks.removeIfIdle(request.network, named: request.key.network, at: decidedAt)
    }

    /// Remembers an event as applied; its request's record is to be written.
    mutating func remember(_ event: EventFingerprint, _ handle: RequestHandle) {
        if let oldest = change(handle, { $0.remember(event) }) {
            requests.unindex(oldest, of: handle)
        }
        requests.index(event, of: handle)
    }

    /// Changes a request in place; its record is to be written, and its timer set.
    mutating func change<Result>(
        _ handle: RequestHandle,
        _ body: (inout Request) -> Result
    ) -> Result {
        dirty.insert(handle)
        defer {
            if !schedule.defersTimers {
                setTimer(handle)
            } else if schedule.needTimer.last != handle {
                schedule.needTimer.append(handle)
            }
        }
        return body(&requests[handle])
    }

    /// Changes the content of an open request in place.
    mutating func changeOpen(
        _ handle: RequestHandle,
        _ body: (inout OpenRequest.Contents) -> Void
    ) {
        change(handle) { $0.withOpen(body) }
    }

    /// Changes a seat of an open request in place.
    mutating func changeSeat(
        _ handle: RequestHandle,
        _ index: Int,
        _ body: (inout Seat) -> Void
    ) {
        changeOpen(handle) { body(&$0.seats[index]) }
    }

    // MARK: The network of a request

    /// Lends out the network of a request.
    mutating func withNetwork<Result>(
        of handle: RequestHandle,
        _ body: (inout Network, Policy) -> Result
    ) -> Result {
        body(&networks.list[requests[handle].network], policy)
    }

    /// Counts what a request asks for, as long as it is remembered; see ``Demand``.
    mutating func addDemand(of handle: RequestHandle) {
        guard let demand = requests[handle].phase.demand else { return }
        networks.list[requests[handle].network].roster.want(demand)
    }

    mutating func removeDemand(of handle: RequestHandle) {
        guard let demand = requests[handle].phase.demand else { return }
        networks.list[requests[handle].network].roster.wantNoMore(demand)
    }
}
