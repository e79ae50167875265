internal import OpinionMatching

// Another policy, between two events.
extension Shard {
    /// Decides by another policy from now on; the seats that are held stay as they are.
    ///
    /// What the waiting seats ask and how urgent they are is worked out anew. They, and all panels, are
    /// looked at again by the next ``reassess(into:)``.
    /// - Complexity: O(requests), and a need worked out for each that waits; nothing when the policy is the one in force.
    package mutating func adopt(_ policy: Policy) {
        guard policy != self.policy else { return }
        let queued = requests.handles.filter { requests[$0].isQueued }
        // By the old policy, which says under which ticket they are found.
        for handle in queued { dequeue(handle) }
        self.policy = policy
        for slot in networks.list.indices { networks.list[slot].forgetUnwanted() }
        rederivePauses()
        backlog.removeAll()
        for handle in queued {
            requests[handle].withOpen { $0.sharedNeed = nil }
            cacheNeed(of: handle)
            enqueue(handle)
        }
        for handle in requests.handles {
            setTimer(handle)
            collectReleased(handle)
            collectReviewable(handle)
        }
        networks.markAllChanged()
    }

    // MARK: The backlog

    /// Puts a panel that somebody has delivered for into the backlog: the new policy may let it report.
    mutating func collectReviewable(_ handle: RequestHandle) {
        guard let open = requests.open(handle), open.submission.kind == .panel,
            open.deliveredCount > 0
        else { return }
        backlog.reviewable.append(requests[handle].key)
    }

    /// Looks at those panels again, in order of key.
    ///
    /// - Returns: Whether all of them were looked at.
    mutating func reviewPanels() -> Bool {
        guard !backlog.reviewable.isEmpty else { return true }
        backlog.reviewable.sort { $1 < $0 }
        return workOff(\.reviewable) { shard, handle in shard.advanceIfPanel(handle) }
    }

    /// Does something to each request of a list, the last one first, until the outbox is full.
    ///
    /// - Returns: Whether the list is empty.
    mutating func workOff(
        _ list: WritableKeyPath<Backlog, [RequestKey]>,
        _ body: (inout Shard, RequestHandle) -> Void
    ) -> Bool {
        while let key = backlog[keyPath: list].last {
            guard !current.outbox.isFull else { return false }
            backlog[keyPath: list].removeLast()
            if let handle = requests.handle(of: key) { body(&self, handle) }
        }
        return true
    }
}
