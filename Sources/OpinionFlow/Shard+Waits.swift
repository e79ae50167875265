internal import OpinionMatching

// What is told of a request that waits, for somebody or for records.
extension Shard {
    /// A wait, for somebody or for records, of which something is still to be told.
    struct Wait {
        let clock: ClockKind
        let since: Moment
        let alarms: Alarms
    }

    /// The first wait of a request; nil: of none is anything to be told.
    ///
    /// The seats' waits are told one after the other, so that the marks of one are enough.
    func wait(of open: OpenRequest) -> Wait? {
        if open.awaitsRecords { return wait(of: open, .records, open.submission.submittedAt) }
        var first: Wait?
        open.forEachSeat { seat in
            guard let since = seat.waitsSince, open.waitTold.since <= since,
                since < first?.since ?? .distantFuture
            else { return }
            first = wait(of: open, .assign, since) ?? first
        }
        return first
    }

    private func wait(of open: OpenRequest, _ clock: ClockKind, _ since: Moment) -> Wait? {
        let (limits, told) = (policy.clocks[clock], open.waitTold.of(since))
        let alarms = Alarms(limits, open.submission.priority, since: since, told: told)
        return alarms.next == .distantFuture
            ? nil : Wait(clock: clock, since: since, alarms: alarms)
    }

    mutating func passWaiting(
        _ handle: Int32,
        by now: Moment,
        into outbox: inout Outbox
    ) {
        while let open = openRequest(handle), let wait = wait(of: open),
            let mark = wait.alarms.mark(by: now)
        {
            change(handle) { request in
                request.withOpen { $0.waitTold.insert(mark, of: wait.since) }
            }
            for subject in open.subjects(of: wait.clock, since: wait.since) {
                tell(mark, handle, wait.clock, of: subject, into: &outbox)
            }
        }
    }
}

extension OpenRequest {
    /// What a wait is of: each seat that has waited since then, or the request that lacks records.
    fileprivate func subjects(of clock: ClockKind, since: Moment) -> [Notice.Subject] {
        if clock == .records { return [.request] }
        var waiting: [Seat.ID] = []
        // Of a seat that is offered to several there is one wait.
        forEachSeat { seat in
            if seat.waitsSince == since, waiting.last != seat.id { waiting.append(seat.id) }
        }
        return waiting.map { .waiting($0) }
    }
}
