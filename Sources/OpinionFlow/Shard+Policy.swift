internal import OpinionMatching

// Another policy, between two events.
extension Shard {
    /// Decides by another policy from now on; the seats that are held stay as they are.
    ///
    /// What the waiting seats ask and how pressing they are is worked out anew. They, and all panels, are
    /// looked at again by the next ``reassess(into:)``.
    /// - Complexity: O(requests), and a need worked out for each that waits; nothing when the policy is the one in force.
    package mutating func adopt(_ policy: Policy) {
        guard policy != self.policy else { return }
        let queued = requests.indices.filter { requests[$0].isQueued }.map(Int32.init)
        // By the old policy: it says under which ticket they are found.
        for handle in queued { unqueue(handle) }
        self.policy = policy
        rederivePauses()
        released.removeAll()
        reviewable.removeAll()
        for handle in queued {
            requests[Int(handle)].withOpen { $0.plan = nil }
            draft(handle)
            requeue(handle)
        }
        for handle in requests.indices.map(Int32.init) {
            setTimer(handle)
            noteReleased(handle)
            noteReviewable(handle)
        }
        changedNetworks.formUnion(networkSlots.keys)
    }

    // MARK: Panels that are open

    /// Notes a panel that has begun: the policy may be another one than it was decided by.
    mutating func noteReviewable(_ handle: Int32) {
        guard let open = openRequest(handle), open.submission.kind == .panel,
            open.deliveredCount > 0
        else { return }
        reviewable.append(requests[Int(handle)].key)
    }

    /// Looks at those again.
    ///
    /// - Returns: Whether all of them were looked at.
    mutating func reviewPanels(into outbox: inout Outbox) -> Bool {
        guard !reviewable.isEmpty else { return true }
        // Named, since their numbers are others after a restart; the first comes last.
        reviewable.sort { $1 < $0 }
        return workOff(\.reviewable, into: &outbox) { shard, handle, outbox in
            shard.lookAgain(panel: handle, because: nil, into: &outbox)
        }
    }
}
