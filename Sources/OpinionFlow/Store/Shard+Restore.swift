package import OpinionMatching

// Writing the state down and reading it back.
extension Shard {
    /// Whether anything is to be written.
    package var isTouched: Bool { !dirty.isEmpty }

    /// Hands out every request whose record is to be written or erased, once each.
    ///
    /// - Parameters:
    ///   - write: Writes a request and returns the hash of what it wrote.
    ///   - erase: Writes a tombstone.
    package mutating func drain(
        write: (Request) -> UInt64,
        erase: (RequestKey) -> Void
    ) {
        // Tombstones first: a request that was forgotten may have come back since.
        for (key, hash) in dirty.forgotten {
            digest = digest &- hash
            erase(key)
        }
        for handle in dirty.handles {
            let hash = write(requests[handle])
            digest = digest &- requests[handle].recordHash &+ hash
            requests[handle].recordHash = hash
        }
        dirty.removeAll()
    }

    /// Every request it knows, in order of key, without what is derived: what a record holds.
    ///
    /// - Complexity: O(requests log requests); for checks, not for work.
    package var snapshot: [Request] {
        known.map { requests[$0].underived }.sorted { $0.key < $1.key }
    }

    /// The shard as its records tell it, before ``settle(decidedAt:by:)``: what later records may be added to.
    ///
    /// - Precondition: nothing is to be written.
    /// - Complexity: O(requests).
    package func unsettled() -> Shard {
        precondition(!isTouched, "a shard is set aside that has something to write")
        var shard = Shard(number: number, policy: policy)
        for handle in known { shard.restore(requests[handle].underived) }
        return shard
    }

    private var known: [RequestHandle] { requests.handles.filter { !requests[$0].isVacant } }

    // MARK: Restore

    /// Adds a record of the state; a later one of the same request takes its place.
    package mutating func restore(_ request: Request) {
        var request = request
        names.share(in: &request)
        if let handle = requests.handle(of: request.key) {
            digest = digest &- requests[handle].recordHash
            request.network = networks.insert(request.key.network, at: decidedAt)
            requests[handle] = request
        } else {
            _ = insert(request)
        }
        digest = digest &+ request.recordHash
    }

    /// Applies a tombstone of the state.
    package mutating func restoreErased(_ key: RequestKey) {
        guard let handle = requests.handle(of: key) else { return }
        digest = digest &- requests[handle].recordHash
        forget(handle)
        dirty.removeAll()
    }

    /// Derives everything else once all records have been read; the rosters come next.
    ///
    /// - Parameters:
    ///   - decidedAt: The time of the latest decision, from the meta record.
    ///   - policy: The policy in force, whatever the shard was made with; nil: that one.
    /// - Complexity: O(requests).
    package mutating func settle(decidedAt: Moment, by policy: Policy? = nil) {
        if let policy { self.policy = policy }
        advance(to: decidedAt)
        for slot in networks.list.indices { networks.list[slot].knownAt = self.decidedAt }
        requests.removeEventIndex()
        for handle in requests.handles where !requests[handle].isVacant { derive(handle) }
        schedule.retention.sort()
    }

    private mutating func derive(_ handle: RequestHandle) {
        requests.indexEvents(of: handle)
        addDemand(of: handle)
        setTimer(handle)
        restoreCounts(of: handle)
        restorePauses(of: handle)
        switch requests[handle].phase {
        case .open(let open): derive(open, handle)
        case .closed(let closure): retain(handle, closure)
        }
    }

    private mutating func derive(_ open: OpenRequest, _ handle: RequestHandle) {
        for index in open.seatList.indices {
            guard let holding = open.seatList[index].holding, let place = place(handle, index)
            else { continue }
            networks.list[requests[handle].network].restore(place, by: holding)
        }
        collectReleased(handle)
        collectReviewable(handle)
        if open.waitingSince != nil { cacheNeed(of: handle) }
        enqueue(handle)
    }

    /// Counts what a request's specialists were assigned on a day of this week.
    private mutating func restoreCounts(of handle: RequestHandle) {
        let today = decidedAt.day
        for mark in requests[handle].dayMarks where mark.day.week == today.week {
            networks.list[requests[handle].network].restore(mark, isToday: mark.day == today)
        }
    }
}
