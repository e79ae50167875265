internal import OpinionMatching

// Requests whose records are incomplete: nobody is asked until the records are complete.
extension Shard {
    /// Opens the seats of a request, unless records are missing that the policy requires.
    mutating func openSeats(of handle: RequestHandle, asOf time: Moment) {
        guard let open = requests.open(handle) else { return }
        let missing = policy.records.missing(in: open.submission)
        guard missing.isEmpty else { return announce(.awaitingRecords(missing), of: handle) }
        changeOpen(handle) { $0.completeRecords(at: time) }
        addSeats(for: firstSpecs(of: handle), to: handle)
        fillAll(handle)
        if open.isToldOverdue, open.submission.kind == .panel { comeDue(panel: handle) }
    }

    /// After an amendment of a request that awaits records: opens the seats, or announces what is missing now, if
    /// that has changed.
    mutating func recheckRecords(
        of handle: RequestHandle,
        _ before: Submission,
        asOf time: Moment
    ) {
        guard let now = requests.open(handle)?.submission,
            policy.records.missing(in: now) != policy.records.missing(in: before)
        else { return }
        openSeats(of: handle, asOf: time)
    }

    // MARK: Another policy

    /// Whether the policy no longer keeps a request waiting for records.
    private func isReleased(_ handle: RequestHandle) -> Bool {
        guard let open = requests.open(handle), open.awaitsRecords else { return false }
        return policy.records.missing(in: open.submission).isEmpty
    }

    /// Adds a request to the backlog if a new policy no longer holds it back for records.
    mutating func collectReleased(_ handle: RequestHandle) {
        if isReleased(handle) { backlog.released.append(requests[handle].key) }
    }

    /// Opens the seats of the released requests, the most urgent first.
    ///
    /// - Returns: Whether all of them were looked at.
    mutating func openReleased() -> Bool {
        let waiting = backlog.released
        backlog.released = waiting.sorted { isLessUrgent($0, than: $1) }
        return workOff(\.released) { shard, handle in
            guard shard.isReleased(handle) else { return }
            shard.openSeats(of: handle, asOf: shard.decidedAt)
        }
    }

    /// By priority, then by when the patient asked.
    private func isLessUrgent(_ left: RequestKey, than right: RequestKey) -> Bool {
        func rank(_ key: RequestKey) -> (Int, Int64) {
            let submission = requests.handle(of: key).flatMap { requests.open($0) }?.submission
            return (
                submission?.priority.rawValue ?? 0, -(submission?.submittedAt.milliseconds ?? 0)
            )
        }
        let (first, second) = (rank(left), rank(right))
        return first == second ? right < left : first < second
    }
}
