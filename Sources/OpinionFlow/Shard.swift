package import OpinionMatching

/// The requests of the networks that share one partition, and everything that can happen to them.
///
/// A shard is a value with one door: an event in, an ``Outcome`` back, what follows for the world in
/// ``Outbox``. It reads no clock and keeps no counter that could drift from the open seats.
///
/// *Invariant:* decisions never go back in time; ``decidedAt`` only grows.
package struct Shard: Sendable {
    package let number: Int
    package var policy: Policy {
        didSet { for number in networks.indices { networks[number].forgetUnwanted() } }
    }
    /// The time of the latest decision.
    package private(set) var decidedAt = Moment.distantPast
    /// The moment as of which the timers have gone off.
    ///
    /// Events may move ``decidedAt`` past one that is due; it stays due until ``tick(at:into:)``.
    var tickedAt = Moment.distantPast

    var networks: [Network] = []
    var networkSlots: [String: Int] = [:]
    var requests: [Request] = []
    private var handles = HandleTable()
    private var vacant: [Int32] = []
    var vacantNetworks: [Int] = []
    private var fingerprints = HandleTable()
    var names = NamePool()
    var retention = RetentionQueue()
    /// When time does something about a request.
    var timers = TimerQueue()
    /// Requests that the event being applied has changed: their timers are set after it.
    private var staleTimers: [Int32] = []
    private var isStepping = false
    var dirty = DirtySet()
    var changedNetworks: Set<String> = []
    /// Requests that no longer have to wait for records, by another policy.
    var released: [RequestKey] = []
    /// Panels that another policy may let report, or have judged.
    var reviewable: [RequestKey] = []
    /// Whether the outbox was full before all who wait had been looked at: ``reassess(into:)`` comes next.
    package internal(set) var isUnfinished = false
    /// Sum of the hashes of all records written: tells whether a restore read what was written.
    package internal(set) var digest: UInt64 = 0

    package init(number: Int, policy: Policy) {
        self.number = number
        self.policy = policy
    }

    // MARK: The door

    /// Takes one event in.
    ///
    /// - Complexity: one decision of the roster for a request that opens; for one that ends, one
    ///   question to each seat that waits before the one that is served.
    package mutating func step(
        _ event: Event,
        at now: Moment,
        into outbox: inout Outbox
    ) -> Outcome {
        advance(to: now)
        isStepping = true
        let outcome = apply(event, at: now, into: &outbox)
        isStepping = false
        setStaleTimers()
        return outcome
    }

    private mutating func apply(
        _ event: Event,
        at now: Moment,
        into outbox: inout Outbox
    ) -> Outcome {
        if policy.refusesStale, event.time < now.advanced(by: -policy.retention) {
            return .refused(Refusal(.stale, at: "/time"))
        }
        if let known = recall(event) { return known }
        let handle = handle(of: event.key)
        let status = handle.map { requests[Int($0)].phase.status } ?? .unknown
        let transition = transition(of: event.message.kind, in: status)
        if transition == .open, let objection = event.objection { return .refused(objection) }
        return follow(transition, event, handle, into: &outbox)
    }

    /// Whether the event was applied before; nil when it is new.
    private func recall(_ event: Event) -> Outcome? {
        let identity = event.fingerprint.identity
        let known = fingerprints.first(identity.tableHash) {
            requests[Int($0)].fingerprintList.contains { $0.identity == identity }
        }
        guard let known else { return nil }
        let isSame = requests[Int(known)].fingerprintList.contains { $0 == event.fingerprint }
        return isSame ? .duplicate : .refused(Refusal(.conflict, at: "/id"))
    }

    private mutating func follow(
        _ transition: Transition,
        _ event: Event,
        _ handle: Int32?,
        into outbox: inout Outbox
    ) -> Outcome {
        switch (transition, handle) {
        case (.open, _): return open(event, into: &outbox)
        case (.foreclose, _): return foreclose(event, into: &outbox)
        case (.compare, let handle?): return compare(event, handle)
        case (.amend, let handle?): return amend(event, handle, into: &outbox)
        case (.close, let handle?): return close(event, handle, into: &outbox)
        case (.stayWithdrawn, let handle?): return stayWithdrawn(event, handle)
        case (.note, let handle?):
            note(event.fingerprint, handle)
            return .superseded
        case (.respond, let handle?): return respond(event, handle, into: &outbox)
        case (.direct, let handle?): return direct(event, handle, into: &outbox)
        case (.refuse, let handle): return refuse(event, handle)
        case (_, nil): preconditionFailure("\(transition) of an unknown request")
        }
    }

    /// Moves on to a later time.
    ///
    /// A new UTC day begins with nobody having been given anything, a new week likewise.
    package mutating func advance(to now: Moment) {
        guard decidedAt < now else { return }
        let (before, today) = (decidedAt.day, now.day)
        decidedAt = now
        guard before < today else { return }
        let isNewWeek = before.week < today.week
        for number in networks.indices {
            networks[number].beginDay(isNewWeek: isNewWeek)
            // Not by now: whoever waits for the end of one is told of it by the tick.
            networks[number].endPauses(by: tickedAt)
        }
    }

    // MARK: Slots of requests

    /// The number of a request; nil when it isn't remembered.
    func handle(of key: RequestKey) -> Int32? {
        handles.first(key.tableHash) { requests[Int($0)].key == key }
    }

    mutating func admit(_ request: consuming Request) -> Int32 {
        let key = request.key
        let network = slot(of: key.network)
        networks[network].requestCount += 1
        let handle = vacant.popLast() ?? Int32(requests.count)
        if Int(handle) == requests.count { requests.append(.vacant) }
        requests[Int(handle)] = request
        requests[Int(handle)].network = network
        handles.insert(handle, for: key.tableHash)
        recall(handle)
        return handle
    }

    /// Knows the events of a request again.
    mutating func recall(_ handle: Int32) {
        let known = requests[Int(handle)].fingerprintList
        known.forEach { fingerprints.insert(handle, for: $0.identity.tableHash) }
    }

    /// Knows no event any more, until those of each request are recalled.
    mutating func forgetEvents() { fingerprints.removeAll() }

    mutating func forget(_ handle: Int32) {
        let request = requests[Int(handle)]
        request.forEachFingerprint { fingerprints.remove(handle, for: $0.identity.tableHash) }
        handles.remove(handle, for: request.key.tableHash)
        requests[Int(handle)] = .vacant
        vacant.append(handle)
        dirty.forget(request, handle)
        networks[request.network].requestCount -= 1
        forgetIfIdle(request.network, request.key.network)
    }

    /// Counts what a request asks for, for as long as it is remembered.
    mutating func want(_ handle: Int32) {
        guard let demand = requests[Int(handle)].phase.demand else { return }
        withNetwork(of: handle) { network, _ in network.roster.want(demand) }
    }

    mutating func wantNoMore(_ handle: Int32) {
        guard let demand = requests[Int(handle)].phase.demand else { return }
        withNetwork(of: handle) { network, _ in network.roster.wantNoMore(demand) }
    }

    /// Remembers an event as applied; its request's record is to be written.
    mutating func note(_ fingerprint: EventFingerprint, _ handle: Int32) {
        let oldest = change(handle) { request -> EventFingerprint? in
            let oldest =
                request.fingerprints.count == Request.fingerprintsMax
                ? request.fingerprints.removeFirst() : nil
            request.fingerprints.append(fingerprint)
            return oldest
        }
        if let oldest { fingerprints.remove(handle, for: oldest.identity.tableHash) }
        fingerprints.insert(handle, for: fingerprint.identity.tableHash)
    }

    /// Changes a request in place and marks its record as to be written.
    mutating func change<Result>(_ handle: Int32, _ body: (inout Request) -> Result) -> Result {
        dirty.insert(handle)
        defer {
            if !isStepping {
                setTimer(handle)
            } else if staleTimers.last != handle {
                staleTimers.append(handle)
            }
        }
        return body(&requests[Int(handle)])
    }

    /// Nobody asks for timers in the middle of a step, in which a request changes several times.
    private mutating func setStaleTimers() {
        for handle in staleTimers { setTimer(handle) }
        staleTimers.removeAll(keepingCapacity: true)
    }

    /// The number of a network's pool; a network that is new gets an empty one.
    mutating func slot(of network: String) -> Int {
        if let number = networkSlots[network] { return number }
        let number = vacantNetworks.popLast() ?? networks.count
        if number == networks.count { networks.append(Network(at: decidedAt)) }
        networkSlots[network] = number
        return number
    }
}
