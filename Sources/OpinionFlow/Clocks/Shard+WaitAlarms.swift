internal import OpinionMatching

// What is announced of a request that waits, for a specialist or for records.
extension Shard {
    /// Announces that a request has waited for too long.
    mutating func fireWaitAlarms(_ handle: RequestHandle, by now: Moment) {
        while let open = requests.open(handle), let wait = open.firstWait(policy.clocks),
            let mark = wait.alarms.mark(by: now)
        {
            changeOpen(handle) { $0.waitTold.insert(mark, of: wait.since) }
            for subject in open.subjects(of: wait.clock, since: wait.since) {
                announce(mark, handle, wait.clock, of: subject)
            }
        }
    }
}

/// A wait, for a specialist or for records, of which something is still to be announced.
struct Wait {
    let clock: ClockKind
    let since: Moment
    let alarms: Alarms
}

extension OpenRequest {
    /// The first wait of which something is still to be announced; nil: there is none.
    ///
    /// The waits of several seats are announced one after the other, so that the marks of one are enough.
    func firstWait(_ policy: borrowing ClockPolicy) -> Wait? {
        if awaitsRecords { return wait(for: .records, since: submission.submittedAt, policy) }
        var first: Wait?
        forEachSeat { seat in
            guard let since = seat.waitsSince, waitTold.since <= since,
                since < first?.since ?? .distantFuture
            else { return }
            first = wait(for: .assign, since: since, policy) ?? first
        }
        return first
    }

    private func wait(
        for clock: ClockKind,
        since: Moment,
        _ policy: borrowing ClockPolicy
    ) -> Wait? {
        let told = waitTold.of(since)
        let alarms = Alarms(policy[clock], submission.priority, since: since, told: told)
        return alarms.next == .distantFuture
            ? nil : Wait(clock: clock, since: since, alarms: alarms)
    }

    /// What a wait is of: each seat that has waited since then, or the request that lacks records.
    fileprivate func subjects(of clock: ClockKind, since: Moment) -> [Notice.Subject] {
        if clock == .records { return [.request] }
        var waiting: [Seat.ID] = []
        // A seat that is offered to several has one wait.
        forEachSeat { seat in
            if seat.waitsSince == since, waiting.last != seat.id { waiting.append(seat.id) }
        }
        return waiting.map { .waiting($0) }
    }
}
