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
        // Tombstones first: who was forgotten may have come back since.
        for (key, hash) in dirty.forgotten {
            digest = digest &- hash
            erase(key)
        }
        for handle in dirty.handles {
            let hash = write(requests[Int(handle)])
            digest = digest &- requests[Int(handle)].recordHash &+ hash
            requests[Int(handle)].recordHash = hash
        }
        dirty.removeAll()
    }

    /// Every request it knows, in order of key, without what is derived: what a record holds.
    ///
    /// - Complexity: O(requests log requests); for checks, not for work.
    package var snapshot: [Request] {
        requests.filter { !$0.isVacant }.map { request in
            var request = request
            request.isQueued = false
            request.network = 0
            request.timerAt = .distantFuture
            return request
        }.sorted { $0.key < $1.key }
    }

    /// The shard as its records tell it, before ``settle(decidedAt:)``: what later records may be added to.
    ///
    /// - Precondition: nothing is to be written.
    /// - Complexity: O(requests).
    package func unsettled() -> Shard {
        precondition(!isTouched, "a shard is set aside that has something to write")
        var shard = Shard(number: number, policy: policy)
        for request in requests where !request.isVacant {
            var request = request
            request.isQueued = false
            request.timerAt = .distantFuture
            shard.restore(request)
        }
        return shard
    }

    // MARK: Restore

    /// Takes a record of the state in; a later one of the same request takes its place.
    package mutating func restore(_ request: Request) {
        var request = request
        names.share(in: &request)
        if let handle = handle(of: request.key) {
            digest = digest &- requests[Int(handle)].recordHash
            request.network = slot(of: request.key.network)
            requests[Int(handle)] = request
        } else {
            _ = admit(request)
        }
        digest = digest &+ request.recordHash
    }

    /// Takes a tombstone of the state in.
    package mutating func restoreErased(_ key: RequestKey) {
        guard let handle = handle(of: key) else { return }
        digest = digest &- requests[Int(handle)].recordHash
        forget(handle)
        dirty.removeAll()
    }

    /// Derives everything else once all records have been read.
    ///
    /// Next come the rosters.
    ///
    /// - Parameter decidedAt: The time of the latest decision, from the meta record.
    /// - Complexity: O(requests).
    package mutating func settle(decidedAt: Moment) {
        advance(to: decidedAt)
        for number in networks.indices { networks[number].knownAt = self.decidedAt }
        forgetEvents()
        for index in requests.indices { derive(Int32(index)) }
        retention.settle()
    }

    private mutating func derive(_ handle: Int32) {
        let request = requests[Int(handle)]
        guard !request.isVacant else { return }
        recall(handle)
        want(handle)
        setTimer(handle)
        let today = decidedAt.day
        for mark in request.dayMarks where mark.day.week == today.week {
            withNetwork(of: handle) { network, _ in
                network.restore(mark, isToday: mark.day == today)
            }
        }
        restorePauses(of: handle)
        switch request.phase {
        case .open(let open):
            for index in open.seatList.indices {
                guard let holding = open.seatList[index].holding,
                    let place = place(handle, index)
                else { continue }
                withNetwork(of: handle) { network, _ in network.restore(place, by: holding) }
            }
            noteReleased(handle)
            noteReviewable(handle)
            if open.waitingSince != nil { draft(handle) }
            requeue(handle)
        case .closed(let closure):
            retain(handle, closure)
        }
    }
}
