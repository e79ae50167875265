package import OpinionMatching

/// The requests of the networks that share one partition, and everything that can happen to them.
///
/// A shard is a value. What happens comes in by one of its doors: an event by ``step(_:at:into:)``, a change of the
/// directory by ``apply(_:because:where:at:into:)``, time by ``tick(at:into:)`` and ``wake(_:at:into:)``, a policy
/// by ``adopt(_:)``, a restart by ``restore(_:)``, ``settle(decidedAt:by:)`` and ``meet(_:_:where:at:into:)``. What
/// follows goes to an ``Outbox``; what changed is handed out by ``drain(write:erase:)``. This file dispatches; the
/// rules are in the folders beside it.
///
/// It reads no clock and keeps no counter that could drift from the open seats.
///
/// *Invariant:* decisions never go back in time; ``decidedAt`` only grows.
package struct Shard: Sendable {
    package let number: Int
    /// Replaced as a whole, by ``adopt(_:)`` or before anything is derived by ``settle(decidedAt:by:)``.
    package internal(set) var policy: Policy
    /// The time of the latest decision.
    package private(set) var decidedAt = Moment.distantPast
    /// Sum of the hashes of all records written: tells whether a restore read what was written.
    package internal(set) var digest: UInt64 = 0

    var requests = RequestTable()
    var networks = NetworkTable()
    var schedule = Schedule()
    var dirty = DirtySet()
    var backlog = Backlog()
    var names = NamePool()
    /// Of the step that is being made.
    var current = Step()

    package init(number: Int, policy: Policy) {
        self.number = number
        self.policy = policy
    }

    /// Whether the outbox was full before all that waits had been looked at: ``reassess(into:)`` goes on.
    package var isUnfinished: Bool { backlog.isUnfinished }

    // MARK: An event

    /// Applies one event.
    ///
    /// - Complexity: one decision of the roster for a request that opens; for one that ends, one
    ///   question to each seat that waits before the one that is served.
    package mutating func step(
        _ event: Event,
        at now: Moment,
        into outbox: inout Outbox
    ) -> Outcome {
        advance(to: now)
        schedule.defersTimers = true
        let outcome = perform(because: event.cause, into: &outbox) { $0.apply(event, at: now) }
        schedule.defersTimers = false
        setTimers()
        return outcome
    }

    private mutating func apply(_ event: Event, at now: Moment) -> Outcome {
        if policy.refusesStale, event.time < now.advanced(by: -policy.retention) {
            return .refused(Refusal(.stale, at: "/time"))
        }
        if let known = recall(event) { return known }
        let handle = requests.handle(of: event.key)
        let status = handle.map { requests[$0].phase.status } ?? .unknown
        let transition = transition(of: event.message.kind, in: status)
        if transition == .open, let objection = policy.gates.objection(to: event) {
            return .refused(objection)
        }
        return make(transition, event, handle)
    }

    /// Whether the event was applied before; nil when it is new.
    private func recall(_ event: Event) -> Outcome? {
        guard let known = requests.handle(of: event.fingerprint.identity) else { return nil }
        let isSame = requests[known].fingerprintList.contains { $0 == event.fingerprint }
        return isSame ? .duplicate : .refused(Refusal(.conflict, at: "/id"))
    }

    private mutating func make(
        _ transition: Transition,
        _ event: Event,
        _ handle: RequestHandle?
    ) -> Outcome {
        switch (transition, handle) {
        case (.open, _): return open(event)
        case (.foreclose, _): return foreclose(event)
        case (.compare, let handle?): return compare(event, handle)
        case (.amend, let handle?): return amend(event, handle)
        case (.withdraw, let handle?): return withdraw(event, handle)
        case (.stayWithdrawn, let handle?): return stayWithdrawn(event, handle)
        case (.remember, let handle?):
            remember(event.fingerprint, handle)
            return .superseded
        case (.respond, let handle?): return respond(event, handle)
        case (.direct, let handle?): return direct(event, handle)
        case (.refuse, let handle): return refuse(event, handle)
        case (_, nil): preconditionFailure("\(transition) of an unknown request")
        }
    }

    // MARK: The directory

    /// Applies a change of the directory to the networks of this shard.
    ///
    /// Free units are offered at once; the reasons for waiting are looked at again by ``reassess(into:)``.
    /// - Parameters:
    ///   - change: The change; one that concerns none of the shard's networks does nothing.
    ///   - cause: The profile's event; nil for a tombstone or an unreadable profile.
    ///   - isOurs: Whether a network lives in this shard.
    ///   - now: The moment of the decision.
    ///   - outbox: Where announcements go.
    package mutating func apply(
        _ change: Directory.Change,
        because cause: Cause?,
        where isOurs: (String) -> Bool,
        at now: Moment,
        into outbox: inout Outbox
    ) {
        advance(to: now)
        perform(because: cause, into: &outbox) { shard in
            switch change {
            case .profiled(let specialist): shard.profile(specialist, isOurs(specialist.network))
            case .suspended(let id, let network):
                if isOurs(network) { shard.suspend(id, in: network) }
            case .retired(let id, let networks): shard.retire(id, from: networks)
            }
        }
    }

    /// Loads the roster into a shard whose records have been read: at a start, or taken over from another instance.
    ///
    /// Every waiting seat is looked at again, also where the network has lost its last specialist.
    /// - Parameters:
    ///   - directory: All specialists.
    ///   - policy: The policy in force, perhaps another one than the shard was decided by.
    ///   - isOurs: Whether a network lives in this shard.
    ///   - now: The moment of the decision.
    ///   - outbox: Where announcements go.
    /// - Complexity: O(specialists + requests), and one decision for each seat that waits.
    package mutating func meet(
        _ directory: Directory,
        _ policy: Policy,
        where isOurs: (String) -> Bool = { _ in true },
        at now: Moment,
        into outbox: inout Outbox
    ) {
        for specialist in directory.specialists(where: isOurs) { load(specialist) }
        advance(to: now)
        adopt(policy)
        reconcile(with: directory)
        reassessAll(into: &outbox)
    }

    // MARK: Time

    /// Moves on to a later time.
    ///
    /// A new UTC day begins with no assignments counted, and so does a new week.
    package mutating func advance(to now: Moment) {
        guard decidedAt < now else { return }
        let (before, today) = (decidedAt.day, now.day)
        decidedAt = now
        if before < today { beginDay(isNewWeek: before.week < today.week) }
    }

    /// Lets time pass: specialists who come back and the new day's counts are offered to the seats that wait,
    /// departures are judged, timers fire, and old requests are forgotten.
    ///
    /// Called only when everything that lay in the inputs at `now` has been read, so that no timer
    /// overtakes an event that would have stopped it. What doesn't fit into the outbox is still due afterwards.
    package mutating func tick(at now: Moment, into outbox: inout Outbox) {
        advance(to: now)
        perform(because: nil, into: &outbox) { shard in
            shard.markPassedEdges()
            for network in shard.networks.names { shard.judgeDepartures(of: network) }
            shard.reassess()
            shard.fireTimers(by: now)
            shard.forgetOld()
        }
    }

    /// Lets specialists who have come back since their network's last event, or whom a new day lets be assigned
    /// again, serve the seats that wait, before the next event can take them.
    ///
    /// No seat is rescinded, so the inputs needn't have been read up to `now` as for ``tick(at:into:)``.
    /// - Returns: Whether the waiting seats were looked at.
    /// - Complexity: O(1), but for those moments.
    @discardableResult
    package mutating func wake(
        _ network: String,
        at now: Moment,
        into outbox: inout Outbox
    ) -> Bool {
        advance(to: now)
        guard let slot = networks.slot(of: network), networks.list[slot].passes(decidedAt) else {
            return false
        }
        networks.changed.insert(network)
        reassess(into: &outbox)
        return true
    }

    // MARK: Looking again

    /// Looks again at everything that waits in networks whose roster has changed, and at what a new policy
    /// changes about requests.
    ///
    /// When the outbox is full the rest waits for the next call: see ``isUnfinished``.
    /// - Complexity: one decision for each seat that waits there.
    package mutating func reassess(into outbox: inout Outbox) {
        perform(because: nil, into: &outbox) { $0.reassess() }
    }

    /// Looks again at everything that waits.
    package mutating func reassessAll(into outbox: inout Outbox) {
        networks.markAllChanged()
        reassess(into: &outbox)
    }
}
