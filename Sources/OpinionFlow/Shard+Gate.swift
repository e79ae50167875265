internal import OpinionMatching

// Requests whose records are not complete: nobody is asked until they are.
extension Shard {
    /// Opens the seats, unless records are missing that the policy requires.
    mutating func begin(
        _ handle: Int32,
        asOf time: Moment,
        because cause: Cause?,
        into outbox: inout Outbox
    ) {
        guard let open = openRequest(handle) else { return }
        let missing = policy.records.missing(in: open.submission)
        guard missing.isEmpty else {
            announce(.awaitingRecords(missing), of: handle, because: cause, into: &outbox)
            return
        }
        change(handle) { request in
            request.withOpen { open in
                open.awaitsRecords = false
                open.plan = nil
                open.recordsAt = time
            }
        }
        addSeats(for: firstSpecs(of: handle), to: handle)
        fillAll(handle, because: cause, into: &outbox)
        if open.isToldOverdue, open.submission.kind == .panel {
            comeDue(panel: handle, into: &outbox)
        }
    }

    /// An amendment of a request that awaits records; told only when others are missing than before.
    mutating func reconsider(
        _ handle: Int32,
        _ before: Submission,
        asOf time: Moment,
        because cause: Cause,
        into outbox: inout Outbox
    ) {
        guard let now = openRequest(handle)?.submission,
            policy.records.missing(in: now) != policy.records.missing(in: before)
        else { return }
        begin(handle, asOf: time, because: cause, into: &outbox)
    }

    /// Notes those that another policy no longer keeps waiting for records.
    mutating func noteReleased(_ handle: Int32) {
        guard let open = openRequest(handle), open.awaitsRecords,
            policy.records.missing(in: open.submission).isEmpty
        else { return }
        released.append(requests[Int(handle)].key)
    }

    /// Opens the seats of those.
    ///
    /// - Returns: Whether all of them were looked at.
    mutating func openReleased(into outbox: inout Outbox) -> Bool {
        let waiting = released
        released = waiting.sorted { isLessPressing($0, than: $1) }
        return workOff(\.released, into: &outbox) { shard, handle, outbox in
            guard let open = shard.openRequest(handle), open.awaitsRecords,
                shard.policy.records.missing(in: open.submission).isEmpty
            else { return }
            shard.begin(handle, asOf: shard.decidedAt, because: nil, into: &outbox)
        }
    }

    /// Does something to each request of a list, the last one first, until the outbox is full.
    ///
    /// - Returns: Whether the list is empty.
    mutating func workOff(
        _ list: WritableKeyPath<Shard, [RequestKey]>,
        into outbox: inout Outbox,
        _ body: (inout Shard, Int32, inout Outbox) -> Void
    ) -> Bool {
        while let key = self[keyPath: list].last {
            guard !outbox.isFull else { return false }
            self[keyPath: list].removeLast()
            if let handle = handle(of: key) { body(&self, handle, &outbox) }
        }
        return true
    }

    /// By priority, then by when the patient asked.
    private func isLessPressing(_ left: RequestKey, than right: RequestKey) -> Bool {
        func rank(_ key: RequestKey) -> (Int, Int64) {
            let submission = handle(of: key).flatMap { openRequest($0) }?.submission
            return (
                submission?.priority.rawValue ?? 0, -(submission?.submittedAt.milliseconds ?? 0)
            )
        }
        let (first, second) = (rank(left), rank(right))
        return first == second ? right < left : first < second
    }
}
